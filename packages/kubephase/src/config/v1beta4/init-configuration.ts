/** Schema of InitConfiguration in v1beta4. */
import * as v from 'valibot';
import { documentOf, duration, flag, list, nested, text, texts, time, token, wordList } from '../schema/field.ts';
import { tokenUsages } from '../words.ts';
import { apiEndpoint, nodeRegistration, patches, timeouts } from './parts.ts';

export const bootstrapToken = v.object({
  token: token('The token, id.secret; a random one when absent.'),
  description: text('What the token is for.'),
  ttl: duration('Lifetime from creation; 0 for ever. Default 24h. Excludes expires.'),
  expires: time('Moment when the token ends. Excludes ttl.'),
  usages: wordList('What the token may do. Default: both.', tokenUsages),
  groups: texts('Groups of a client that uses the token. Default: system:bootstrappers:kubeadm:default-node-token.'),
});

export const initConfiguration = documentOf({
  bootstrapTokens: list(bootstrapToken, 'Tokens to create. Default: a random one.'),
  dryRun: flag('Change nothing; show what would be done.'),
  nodeRegistration: nested(nodeRegistration, 'How this node is registered.'),
  localAPIEndpoint: nested(apiEndpoint, 'Address and port of the API server of this node.'),
  certificateKey: text('Key that encrypts uploaded certificates: 64 hex digits.'),
  skipPhases: texts('Phases to leave out, such as addon/kube-proxy.'),
  patches: nested(patches, 'Patches for static Pods and the kubelet.'),
  timeouts: nested(timeouts, 'How long to wait for what.'),
});

/** As the user gave it: every field may be missing. Older versions are converted to this form. */
export type GivenInit = v.InferOutput<typeof initConfiguration>;
export type GivenToken = v.InferOutput<typeof bootstrapToken>;
