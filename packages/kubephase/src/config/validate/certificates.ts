/** Rules for certificates: names, folder, algorithm, validity. */
import { canonicalIp } from '../../formats/net/address.ts';
import { dnsSubdomainRule, isDnsSubdomain, isWildcardDnsSubdomain } from '../../formats/net/host.ts';
import { formatGoDuration } from '../../formats/duration.ts';
import { defaults, textOr } from '../defaults/values.ts';
import { didYouMean, encryptionAlgorithms } from '../vocabulary.ts';
import type { RuleResult, Rule, Violation } from './rule.ts';

const at = 'ClusterConfiguration';

export const certificateRules: readonly Rule[] = [
  {
    name: 'subject-alternative-names',
    check: ({ config: { cluster } }) => [
      ...badNames(`${at}.apiServer.certSANs`, cluster.apiServer.certSANs),
      ...badNames(`${at}.etcd.local.serverCertSANs`, cluster.etcd.local?.serverCertSANs ?? []),
      ...badNames(`${at}.etcd.local.peerCertSANs`, cluster.etcd.local?.peerCertSANs ?? []),
    ],
  },
  {
    name: 'absolute-paths',
    check: ({ config: { cluster } }) => [
      ...notAbsolute(`${at}.certificatesDir`, cluster.certificatesDir),
      ...(cluster.etcd.local === undefined ? [] : notAbsolute(`${at}.etcd.local.dataDir`, cluster.etcd.local.dataDir)),
    ],
  },
  {
    name: 'encryption-algorithm',
    check: ({ cluster }) => {
      const given = textOr(cluster.encryptionAlgorithm, defaults.encryptionAlgorithm);
      if (encryptionAlgorithms.some((algorithm) => algorithm === given)) return [];
      const detail = `must be one of ${encryptionAlgorithms.join(', ')}`;
      return [{ field: `${at}.encryptionAlgorithm`, value: given, detail, ...didYouMean(given, encryptionAlgorithms) }];
    },
  },
  {
    name: 'validity',
    check: ({ config: { cluster } }) => [
      ...longerThan('certificateValidityPeriod', cluster.certificateValidityPeriodMs, defaults.certificateValidityPeriodMs),
      ...longerThan('caCertificateValidityPeriod', cluster.caCertificateValidityPeriodMs, defaults.caCertificateValidityPeriodMs),
    ],
  },
  {
    name: 'validity-within-ca',
    check: ({ config: { cluster } }) => {
      const { certificateValidityPeriodMs: leaf, caCertificateValidityPeriodMs: ca } = cluster;
      if (leaf <= ca) return [];
      const remark = `certificates are valid for ${formatGoDuration(leaf)}, longer than their authority with ${formatGoDuration(ca)}`;
      return [{ field: `${at}.certificateValidityPeriod`, remark, remedy: 'Give the authority a validity at least as long.' }];
    },
  },
];

/** One violation unless `path` is absolute. */
export function notAbsolute(field: string, path: string): readonly Violation[] {
  return path.startsWith('/') ? [] : [{ field, value: path, detail: 'not an absolute path' }];
}

function badNames(field: string, names: readonly string[]): readonly Violation[] {
  return names.flatMap((name, index) => {
    if (isDnsSubdomain(name) || isWildcardDnsSubdomain(name) || canonicalIp(name) !== undefined) return [];
    const detail = `neither an IP address, nor a DNS name (${dnsSubdomainRule}), nor such a name behind "*."`;
    return [{ field: `${field}.${index}`, value: name, detail }];
  });
}

function longerThan(field: string, ms: number, usualMs: number): readonly RuleResult[] {
  if (ms <= usualMs) return [];
  const remark = `${formatGoDuration(ms)} is longer than the recommended ${formatGoDuration(usualMs)}`;
  return [{ field: `${at}.${field}`, remark, remedy: `Use ${formatGoDuration(usualMs)} or less.` }];
}
