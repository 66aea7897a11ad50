/** Rules for the registration of the node, of `init` and `join`. */
import { dnsSubdomainRule, isDnsSubdomain, urlScheme } from '../../formats/net/host.ts';
import { textOr } from '../defaults/values.ts';
import { didYouMean, imagePullPolicies, taintEffects } from '../vocabulary.ts';
import type { NodeRegistration } from '../types.ts';
import type { GivenNodeRegistration } from '../schema/v1beta4-parts.ts';
import { unnamedArguments } from './arguments.ts';
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
