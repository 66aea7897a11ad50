/** Rules for the networks of the cluster. */
import { addressCount, formatCidr, overlaps, parseCidr, type Cidr } from '../../formats/net/address.ts';
import { dnsSubdomainRule, isDnsSubdomain } from '../../formats/net/host.ts';
import type { Argument } from '../types.ts';
import type { InitSubject, Rule, RuleResult, Violation } from './rule.ts';

const at = 'ClusterConfiguration.networking';
const minServiceAddresses = 10n;
const minPodAddresses = 14n;
const maxServiceHostBits = 20;

/** Deprecated by RFC 3879. */
const siteLocal = 'fec0::/10';

type SubnetField = 'serviceSubnet' | 'podSubnet';

/** The ranges of a subnet field; empty when the field is, or when it cannot be parsed (a rule of its own says so). */
function rangesOf({ config }: Pick<InitSubject, 'config'>, field: SubnetField): readonly Cidr[] {
  const ranges = config.cluster.networking[field].split(',').map((part) => parseCidr(part));
  return ranges.every((range) => range !== undefined) ? ranges : [];
}

export const networkingRules: readonly Rule[] = [
  {
    name: 'dns-domain',
    check: ({ config }) => {
      const { dnsDomain } = config.cluster.networking;
      return isDnsSubdomain(dnsDomain)
        ? []
        : [{ field: `${at}.dnsDomain`, value: dnsDomain, detail: `a DNS domain is made of ${dnsSubdomainRule}` }];
    },
  },
  { name: 'subnet-form', check: bothSubnets(subnetForm) },
  { name: 'subnet-pair', check: bothSubnets(subnetPair) },
  {
    name: 'service-addresses',
    check: (subject) => rangesOf(subject, 'serviceSubnet').flatMap((range) => tooFew('serviceSubnet', range, minServiceAddresses)),
  },
  {
    name: 'service-size',
    check: (subject) =>
      rangesOf(subject, 'serviceSubnet').flatMap((range) => {
        const bits = bitsOf(range);
        if (bits - range.prefixLength <= maxServiceHostBits) return [];
        const detail = `too large: the mask of a ${bits}-bit service range is at least /${bits - maxServiceHostBits}`;
        return [{ field: `${at}.serviceSubnet`, value: formatCidr(range), detail }];
      }),
  },
  {
    name: 'pod-addresses',
    check: (subject) => rangesOf(subject, 'podSubnet').flatMap((range) => tooFew('podSubnet', range, minPodAddresses)),
  },
  { name: 'site-local', check: bothSubnets(siteLocalRanges) },
  { name: 'pod-service-overlap', check: overlapping },
  { name: 'pod-service-families', check: differentFamilies },
];

/** Number of bits of an address of the range's family. */
function bitsOf(range: Cidr): number {
  return range.family === 4 ? 32 : 128;
}

function bothSubnets(check: (subject: InitSubject, field: SubnetField) => readonly RuleResult[]): Rule['check'] {
  return (subject) => [...check(subject, 'serviceSubnet'), ...check(subject, 'podSubnet')];
}

function subnetForm({ config }: InitSubject, field: SubnetField): readonly Violation[] {
  const value = config.cluster.networking[field];
  if (value === '' || value.split(',').every((part) => parseCidr(part) !== undefined)) return [];
  const detail = 'cannot be parsed: one CIDR such as 10.244.0.0/16, or an IPv4 and an IPv6 CIDR with a comma between and no blanks';
  return [{ field: `${at}.${field}`, value, detail }];
}

function subnetPair(subject: InitSubject, field: SubnetField): readonly Violation[] {
  const ranges = rangesOf(subject, field);
  if (ranges.length <= 1 || (ranges.length === 2 && ranges[0]?.family !== ranges[1]?.family)) return [];
  const value = subject.config.cluster.networking[field];
  return [{ field: `${at}.${field}`, value, detail: 'expected one CIDR, or two of different address families' }];
}

function tooFew(field: SubnetField, range: Cidr, minimum: bigint): readonly Violation[] {
  const count = addressCount(range);
  if (count >= minimum) return [];
  return [{ field: `${at}.${field}`, value: formatCidr(range), detail: `too small: ${count} addresses, at least ${minimum} are needed` }];
}

function siteLocalRanges(subject: InitSubject, field: SubnetField): readonly RuleResult[] {
  const deprecated = parseCidr(siteLocal);
  return rangesOf(subject, field)
    .filter((range) => deprecated !== undefined && overlaps(range, deprecated))
    .map((range) => ({
      field: `${at}.${field}`,
      remark: `${formatCidr(range)} overlaps the deprecated site-local range ${siteLocal}`,
      remedy: 'Choose a range of unique local addresses, such as fd00:10:96::/112.',
    }));
}

function overlapping(subject: InitSubject): readonly RuleResult[] {
  const services = rangesOf(subject, 'serviceSubnet');
  return rangesOf(subject, 'podSubnet').flatMap((pods) =>
    services
      .filter((range) => overlaps(pods, range))
      .map((range) => ({
        field: `${at}.podSubnet`,
        remark: `the Pod range ${formatCidr(pods)} overlaps the service range ${formatCidr(range)}`,
        remedy: 'Choose ranges that have no address in common.',
      })),
  );
}

function differentFamilies(subject: InitSubject): readonly RuleResult[] {
  const families = (field: SubnetField) =>
    [...new Set(rangesOf(subject, field).map(({ family }) => family))].sort((a, b) => a - b).join(' and IPv');
  const pods = families('podSubnet');
  const services = families('serviceSubnet');
  if (pods === '' || services === '' || pods === services) return [];
  const remark = `Pods have IPv${pods} addresses, services IPv${services}`;
  return [{ field: `${at}.podSubnet`, remark, remedy: 'Give Pods and services ranges of the same families.' }];
}

const podSubnetAt = 'ClusterConfiguration.networking.podSubnet';
const maxDifference = 16;
const defaultMask = { 4: 24, 6: 64 } as const;

/** The Pod network can be divided among nodes. */
export const nodeMaskRules: readonly Rule[] = [
  {
    name: 'pod-node-mask',
    check: (subject) => {
      const { extraArgs } = subject.config.cluster.controllerManager;
      if (lastValue(extraArgs, 'allocate-node-cidrs') === 'false') return [];
      const ranges = rangesOf(subject, 'podSubnet');
      return ranges.flatMap((range) => fits(range, nodeMask(range, extraArgs, ranges.length === 1)));
    },
  },
];

interface NodeMask {
  readonly argument: string;
  readonly text: string;
}

/** kubeadm ignores the argument without family; the controller honours it on clusters with one family, and so does this. */
function nodeMask(range: Cidr, list: readonly Argument[], single: boolean): NodeMask {
  const argument = `node-cidr-mask-size-ipv${range.family}`;
  const legacy = single ? lastValue(list, 'node-cidr-mask-size') : undefined;
  return { argument, text: lastValue(list, argument) ?? legacy ?? String(defaultMask[range.family]) };
}

function fits(range: Cidr, { argument, text }: NodeMask): readonly Violation[] {
  const value = formatCidr(range);
  const mask = Number(text);
  if (!/^[+-]?\d+$/.test(text))
    return [{ field: podSubnetAt, value, detail: `the argument ${argument} of the controller manager is not a whole number: "${text}"` }];
  if (mask > bitsOf(range))
    return [
      { field: podSubnetAt, value, detail: `the node mask /${mask} (${argument}) is longer than an address of ${bitsOf(range)} bits` },
    ];
  if (range.prefixLength > mask)
    return [
      { field: podSubnetAt, value, detail: `the Pod network /${range.prefixLength} is smaller than the node mask /${mask} (${argument})` },
    ];
  if (mask - range.prefixLength <= maxDifference) return [];
  return [
    {
      field: podSubnetAt,
      value,
      detail: `the Pod network /${range.prefixLength} and the node mask /${mask} (${argument}) are more than ${maxDifference} apart`,
    },
  ];
}

function lastValue(list: readonly Argument[], name: string): string | undefined {
  return list.findLast((argument) => argument.name === name)?.value;
}
