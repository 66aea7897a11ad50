/** Rules for what `init` and `join` say of their node: its registration, its API endpoint, the key of uploaded certificates. */
import { ipFamily, isGlobalUnicast, isLoopback, parseCidr } from '../../formats/net/address.ts';
import { dnsSubdomainRule, isDnsSubdomain, urlScheme } from '../../formats/net/host.ts';
import { addressRemedy } from '../defaults/node.ts';
import { textOr } from '../defaults/values.ts';
import type { GivenNodeRegistration } from '../schema/v1beta4-parts.ts';
import type { ApiEndpoint, NodeRegistration } from '../types.ts';
import { didYouMean, imagePullPolicies, taintEffects } from '../vocabulary.ts';
import { unnamedArguments } from './control-plane.ts';
import { dashedArguments } from './questionable.ts';
import type { Rule, RuleResult, Violation } from './rule.ts';

interface NodeSubject {
  readonly node: NodeRegistration;
  readonly given: GivenNodeRegistration | null | undefined;
}

type NodeCheck = (subject: NodeSubject, at: string) => readonly RuleResult[];

const checks: Readonly<Record<string, NodeCheck>> = {
  'node-name': ({ node: { name } }, at) => {
    if (isDnsSubdomain(name)) return [];
    const remedy = 'Give a name with --node-name or with the field nodeRegistration.name, or correct the host name of this machine.';
    return [{ field: `${at}.name`, value: name, detail: `a node name is made of ${dnsSubdomainRule}`, remedy }];
  },
  'cri-socket': ({ node }, at) => badSocket(`${at}.criSocket`, node.criSocket),
  'kubelet-arguments': ({ node }, at) => unnamedArguments(`${at}.kubeletExtraArgs`, node.kubeletExtraArgs),
  'kubelet-argument-dashes': ({ node }, at) => dashedArguments(`${at}.kubeletExtraArgs`, node.kubeletExtraArgs),
  'image-pull-policy': ({ given }, at) => badPullPolicy(`${at}.imagePullPolicy`, given?.imagePullPolicy),
  'ignored-checks': ({ node }, at) => badIgnoredChecks(`${at}.ignorePreflightErrors`, node.ignorePreflightErrors),
  'taint-effects': ({ given }, at) =>
    (given?.taints ?? []).flatMap(({ effect }, index) => unusualEffect(`${at}.taints.${index}.effect`, effect ?? '')),
};

/** The rules for the registration in a document of `kind`. */
export function nodeRules<S>(kind: string, subjectOf: (subject: S) => NodeSubject): readonly Rule<S>[] {
  const at = `${kind}.nodeRegistration`;
  return Object.entries(checks).map(([name, check]) => ({ name, check: (subject) => check(subjectOf(subject), at) }));
}

/** One violation unless `socket` is a URL with the scheme unix. */
export function badSocket(field: string, socket: string): readonly Violation[] {
  const url = urlScheme(socket);
  if ('scheme' in url && url.scheme === 'unix') return [];
  const detail = 'fault' in url ? `not a URL: ${url.fault}` : `only the URL scheme "unix" is supported, found "${url.scheme}"`;
  return [{ field, value: socket, detail, remedy: 'Write a socket such as unix:///var/run/containerd/containerd.sock.' }];
}

/** One violation unless `given` is absent, empty or a known policy. */
export function badPullPolicy(field: string, given: string | null | undefined): readonly Violation[] {
  const policy = textOr(given, '');
  if (policy === '' || imagePullPolicies.some((known) => known === policy)) return [];
  const detail = `pull policy must be one of ${imagePullPolicies.join(', ')}`;
  return [{ field, value: policy, detail, ...didYouMean(policy, imagePullPolicies) }];
}

/** One violation when `all` stands beside other names. */
export function badIgnoredChecks(field: string, ignored: readonly string[]): readonly Violation[] {
  if (!ignored.includes('all') || ignored.length === 1) return [];
  const detail = 'ignore-preflight-errors: "all" cannot stand beside other checks';
  const remedy = 'Give "all" alone, or only the checks to ignore. The flag and the file count together.';
  return [{ field, value: ignored.join(','), detail, remedy }];
}

/** kubeadm accepts any effect; the API server then refuses the node. */
function unusualEffect(field: string, effect: string): readonly RuleResult[] {
  if (taintEffects.includes(effect)) return [];
  const { remedy = `Use one of ${taintEffects.join(', ')}.` } = didYouMean(effect, taintEffects);
  return [{ field, remark: `"${effect}" is not an effect that Kubernetes knows`, remedy }];
}

const endpointAt = 'InitConfiguration.localAPIEndpoint';
const keyBytes = 32;

export const endpointRules: readonly Rule[] = [
  { name: 'bind-port', check: ({ config }) => badPort(endpointAt, config.localAPIEndpoint) },
  { name: 'certificate-key', check: ({ config }) => badKey('InitConfiguration.certificateKey', config.certificateKey) },
  { name: 'bind-address', check: ({ config }) => badBindAddress(endpointAt, config.localAPIEndpoint) },
  {
    name: 'advertise-address-family',
    check: ({ config }) => {
      const [first = ''] = config.cluster.networking.serviceSubnet.split(',');
      const family = parseCidr(first)?.family;
      const { advertiseAddress } = config.localAPIEndpoint;
      if (family === undefined || family === ipFamily(advertiseAddress)) return [];
      const remark = `the address ${advertiseAddress} is IPv${ipFamily(advertiseAddress)}, but the first service range ${first} is IPv${family}`;
      return [{ field: `${endpointAt}.advertiseAddress`, remark, remedy: 'Use an address and a first service range of the same family.' }];
    },
  },
];

/** One violation unless the port of the endpoint at `field` is one. */
export function badPort(field: string, { bindPort }: ApiEndpoint): readonly Violation[] {
  if (bindPort >= 1 && bindPort <= 65_535) return [];
  return [{ field: `${field}.bindPort`, value: bindPort, detail: 'not a valid port: 1 to 65535 are allowed' }];
}

/** One violation unless the key is absent or 32 bytes in hex. The key itself never appears: only how it is wrong. */
export function badKey(field: string, key: string | undefined): readonly Violation[] {
  const detail = key === undefined ? undefined : keyFault(key);
  if (detail === undefined) return [];
  return [{ field, value: key, detail, remedy: 'Give 64 hex digits, as openssl rand -hex 32 makes them.' }];
}

/** One violation unless other machines can reach the address of the endpoint at `field`. */
export function badBindAddress(field: string, { advertiseAddress }: ApiEndpoint): readonly Violation[] {
  if (isGlobalUnicast(advertiseAddress) || isLoopback(advertiseAddress)) return [];
  const detail = `cannot use "${advertiseAddress}" as the bind address for the API server: not a global unicast address`;
  return [{ field: `${field}.advertiseAddress`, value: advertiseAddress, detail, remedy: addressRemedy }];
}

function keyFault(key: string): string | undefined {
  const bad = /[^0-9a-f]/i.exec(key);
  if (bad !== null) return `not hex: character ${bad.index + 1} is not a hex digit`;
  if (key.length % 2 !== 0) return 'not hex: odd number of digits';
  return key.length === keyBytes * 2 ? undefined : `${key.length / 2} bytes, but the key has ${keyBytes}`;
}
