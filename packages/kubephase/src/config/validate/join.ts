/** All rules of JoinConfiguration, in the order in which kubeadm reports. */
import { splitHostPort, urlScheme } from '../../formats/net/host.ts';
import { isToken, tokenForm } from '../schema/field.ts';
import type { JoinConfig, TokenDiscovery } from '../types.ts';
import type { GivenJoin } from '../schema/v1beta4.ts';
import { badBindAddress, badKey, badPort, nodeRules } from './node.ts';
import type { Rule, Subject, Violation } from './rule.ts';

type JoinSubject = Subject<GivenJoin, JoinConfig>;
type JoinRule = Rule<JoinSubject>;

const at = 'JoinConfiguration';
const tokenAt = `${at}.discovery.bootstrapToken`;
const fileAt = `${at}.discovery.file.kubeConfigPath`;
const endpointAt = `${at}.controlPlane.localAPIEndpoint`;

const discoveryRules: readonly JoinRule[] = [
  {
    name: 'discovery-kind',
    check: ({ given: { discovery } }) => {
      const kinds = [discovery?.bootstrapToken, discovery?.file].filter((kind) => kind !== null && kind !== undefined).length;
      if (kinds === 1) return [];
      const detail = kinds === 0 ? 'bootstrapToken or file must be set' : 'bootstrapToken and file exclude each other';
      const remedy =
        'Give the address of an API server with a token (discovery.bootstrapToken, or the argument and --token), or a kubeconfig (discovery.file, or --discovery-file).';
      return [{ field: `${at}.discovery`, value: '', detail, remedy }];
    },
  },
  byToken('discovery-endpoint', ({ apiServerEndpoint }) => {
    if (splitHostPort(apiServerEndpoint) !== undefined) return [];
    const detail =
      apiServerEndpoint === ''
        ? 'required: the address of an API server, host:port'
        : 'not host:port; the port is needed, and an IPv6 address stands in brackets';
    return [{ field: `${tokenAt}.apiServerEndpoint`, value: apiServerEndpoint, detail }];
  }),
  byToken('discovery-pin', ({ caCertHashes, unsafeSkipCAVerification }) => {
    if (caCertHashes.length > 0 || unsafeSkipCAVerification) return [];
    const detail =
      'using token-based discovery without caCertHashes can be unsafe; set unsafeSkipCAVerification (--discovery-token-unsafe-skip-ca-verification) to continue';
    const remedy =
      'Give a pin with caCertHashes or --discovery-token-ca-cert-hash; kubeadm token create --print-join-command on a control plane node prints it.';
    return [{ field: `${tokenAt}.caCertHashes`, value: '', detail, remedy }];
  }),
  byToken('discovery-token', ({ token }) => badToken(`${tokenAt}.token`, token)),
  {
    name: 'tls-bootstrap-token',
    check: ({ config: { discovery } }) => {
      const field = `${at}.discovery.tlsBootstrapToken`;
      const { tlsBootstrapToken: token = '', bootstrapToken } = discovery;
      // With a file, the kubeconfig may hold other credentials. A token that was taken over has its own report.
      if (bootstrapToken === undefined ? token === '' : token === bootstrapToken.token) return [];
      return badToken(field, token);
    },
  },
  {
    name: 'discovery-file',
    check: ({ config: { discovery } }) => (discovery.file === undefined ? [] : badFile(discovery.file.kubeConfigPath)),
  },
];

const controlPlaneRules: readonly JoinRule[] = [
  {
    name: 'bind-port',
    check: ({ config: { controlPlane } }) => (controlPlane === undefined ? [] : badPort(endpointAt, controlPlane.localAPIEndpoint)),
  },
  {
    name: 'certificate-key',
    check: ({ config: { controlPlane } }) => badKey(`${at}.controlPlane.certificateKey`, controlPlane?.certificateKey),
  },
  {
    name: 'bind-address',
    check: ({ config: { controlPlane } }) => (controlPlane === undefined ? [] : badBindAddress(endpointAt, controlPlane.localAPIEndpoint)),
  },
];

/** One set for every command: what `join` would refuse without a look at the machine, checking a file refuses too. */
export const joinRules: readonly JoinRule[] = [
  ...discoveryRules,
  ...nodeRules<JoinSubject>(at, ({ config, given }) => ({ node: config.nodeRegistration, given: given.nodeRegistration })),
  ...controlPlaneRules,
  {
    name: 'ca-cert-path',
    check: ({ config: { caCertPath } }) =>
      caCertPath.startsWith('/') && caCertPath.endsWith('.crt')
        ? []
        : [{ field: `${at}.caCertPath`, value: caCertPath, detail: 'not an absolute path that ends in .crt' }],
  },
];

/** Rules for discovery by token are asked only when it is the one chosen. */
function byToken(name: string, check: (discovery: TokenDiscovery) => readonly Violation[]): JoinRule {
  return { name, check: ({ config: { discovery } }) => (discovery.bootstrapToken === undefined ? [] : check(discovery.bootstrapToken)) };
}

function badToken(field: string, token: string): readonly Violation[] {
  return isToken(token) ? [] : [{ field, value: token, detail: `invalid token: ${tokenForm}` }];
}

function badFile(path: string): readonly Violation[] {
  const url = urlScheme(path);
  const remedy = 'Give the path of a kubeconfig, or its URL with https.';
  if ('fault' in url) return [{ field: fileAt, value: path, detail: `not an HTTPS URL or a file on disk: ${url.fault}`, remedy }];
  if (url.scheme === '' || url.scheme === 'https') return [];
  return [{ field: fileAt, value: path, detail: `the only URL scheme is https, found "${url.scheme}"`, remedy }];
}
