/** Schema of JoinConfiguration in v1beta4. */
import * as v from 'valibot';
import { documentOf, flag, nested, text, texts } from '../schema/field.ts';
import { apiEndpoint, nodeRegistration, patches, timeouts } from './parts.ts';

export const tokenDiscovery = v.object({
  token: text('Token, id.secret, that proves that cluster-info is genuine.'),
  apiServerEndpoint: text('Address of an API server, host:port.'),
  caCertHashes: texts('Pins of the CA certificate: sha256: and the hex digest of its public key.'),
  unsafeSkipCAVerification: flag('Trust any CA. Unsafe: a man in the middle goes unnoticed.'),
});

export const discovery = v.object({
  bootstrapToken: nested(tokenDiscovery, 'Discovery by a token. Excludes file.'),
  file: nested(
    v.object({ kubeConfigPath: text('Path, or https URL, of a kubeconfig with address and CA of the cluster.') }),
    'Discovery by a file. Excludes bootstrapToken.',
  ),
  tlsBootstrapToken: text("Token of the kubelet's TLS bootstrap; that of the discovery when absent."),
});

const controlPlane = v.object({
  localAPIEndpoint: nested(apiEndpoint, 'Address and port of the API server of this node.'),
  certificateKey: text('Key that decrypts the uploaded certificates: 64 hex digits.'),
});

export const joinConfiguration = documentOf({
  dryRun: flag('Change nothing; show what would be done.'),
  nodeRegistration: nested(nodeRegistration, 'How this node is registered.'),
  caCertPath: text('Where the CA certificate is written on a worker. Default /etc/kubernetes/pki/ca.crt.'),
  discovery: nested(discovery, 'How the cluster is found and trusted: by a token or by a file.'),
  controlPlane: nested(controlPlane, 'Present: join as a control plane node. An empty mapping is enough.'),
  skipPhases: texts('Phases to leave out.'),
  patches: nested(patches, 'Patches for static Pods and the kubelet.'),
  timeouts: nested(timeouts, 'How long to wait for what.'),
});

/** As the user gave it: every field may be missing. Older versions are converted to this form. */
export type GivenJoin = v.InferOutput<typeof joinConfiguration>;
