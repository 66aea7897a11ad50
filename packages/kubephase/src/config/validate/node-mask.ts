/** The rule that the Pod network can be divided among nodes. */
import { formatCidr, type Cidr } from '../../formats/net/address.ts';
import type { Argument } from '../types.ts';
import { bitsOf, rangesOf } from './networking.ts';
import type { Rule, Violation } from './rule.ts';

const podSubnetAt = 'ClusterConfiguration.networking.podSubnet';
const maxDifference = 16;
const defaultMask = { 4: 24, 6: 64 } as const;

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
