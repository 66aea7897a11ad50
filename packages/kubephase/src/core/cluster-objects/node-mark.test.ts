import { expect, test } from 'vitest';
import { formatTaint, markNode } from './node-mark.ts';

const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1', labels: { 'kubernetes.io/hostname': 'cp1' } } };
const ours = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
const labels = ['node-role.kubernetes.io/control-plane', 'node.kubernetes.io/exclude-from-external-load-balancers'];

test('labels are added with empty values and configured taints stand in front', () => {
  const other = { key: 'x', effect: 'NoSchedule' };
  const marked = markNode({ ...node, spec: { podCIDR: '10.244.0.0/24', taints: [other] } }, { labels, taints: [ours] });
  expect(marked).toEqual({
    ...node,
    metadata: {
      name: 'cp1',
      labels: {
        'kubernetes.io/hostname': 'cp1',
        'node-role.kubernetes.io/control-plane': '',
        'node.kubernetes.io/exclude-from-external-load-balancers': '',
      },
    },
    spec: { podCIDR: '10.244.0.0/24', taints: [ours, other] },
  });
});

test('marking twice changes nothing', () => {
  const once = markNode({ ...node, spec: {} }, { labels, taints: [ours] });
  expect(markNode(once, { labels, taints: [ours] })).toEqual(once);
});

test.each([
  ['another value', { ...ours, value: 'v' }],
  ['another effect', { ...ours, effect: 'NoExecute' }],
  ['a time of its own', { ...ours, timeAdded: '2026-01-01T00:00:00Z' }],
])('a taint with %s stays beside ours', (_, existing) => {
  expect(markNode({ ...node, spec: { taints: [existing] } }, { labels, taints: [ours] }).spec).toEqual({ taints: [ours, existing] });
});

test('an explicit empty list of taints leaves the Node without a spec of ours', () => {
  expect(markNode(node, { labels: [], taints: [] })).toEqual(node);
});

test.each([
  [{ key: 'k', effect: 'NoSchedule' }, 'k:NoSchedule'],
  [{ key: 'k', value: '', effect: 'NoSchedule' }, 'k:NoSchedule'],
  [{ key: 'k', value: 'v', effect: 'NoExecute' }, 'k=v:NoExecute'],
])('%j is written as %s', (taint, text) => {
  expect(formatTaint(taint)).toBe(text);
});
