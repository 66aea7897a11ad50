/** Schema of JoinConfiguration in v1beta3. */
import * as v from 'valibot';
import { documentOf, duration, nested } from '../schema/field.ts';
import * as v1beta4 from '../v1beta4/join-configuration.ts';
import { nodeRegistration } from './parts.ts';

const { dryRun: _switchSince31, timeouts: _waitsSince31, ...same } = v1beta4.joinConfiguration.entries;

export const joinConfiguration = documentOf({
  ...same,
  nodeRegistration: nested(nodeRegistration, 'How this node is registered.'),
  discovery: nested(
    v.object({ ...v1beta4.discovery.entries, timeout: duration('Wait for cluster-info. Default 5m.') }),
    'How the cluster is found and trusted: by a token or by a file.',
  ),
});

export type OldJoin = v.InferOutput<typeof joinConfiguration>;
