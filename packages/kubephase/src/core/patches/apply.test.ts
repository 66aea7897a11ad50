import { isProblemError } from 'phaserunner';
import { describe, expect, test } from 'vitest';
import { applyPatches, describeApplied, problemsOfPatches } from './apply.ts';
import { readDocuments } from './read.ts';
import { noPatches, type PatchSet, type PatchTarget, type PatchType } from './patch.ts';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'etcd', labels: { tier: 'control-plane' } },
  spec: { containers: [{ name: 'etcd', command: ['etcd'], resources: {} }] },
};

function setOf(text: string, type: PatchType = 'strategic', target: PatchTarget = 'etcd'): PatchSet {
  const { patches, problems } = readDocuments(text, { target, type, file: '/patches/p.yaml' });
  expect(problems).toEqual([]);
  return { ...noPatches, patches };
}

async function problemOf(set: PatchSet, target: PatchTarget = 'etcd') {
  const error: unknown = await applyPatches(set, target, pod).catch((thrown: unknown) => thrown);
  if (!isProblemError(error)) throw error;
  expect(await problemsOfPatches(set, target, pod)).toEqual(error.problems);
  return error.problem;
}

describe('applying patches', () => {
  test('documents of a file are applied one after the other', async () => {
    const set = setOf('metadata: {labels: {a: one, b: one}}\n---\n# nothing\n---\nmetadata: {labels: {b: two, tier: null}}\n');
    const { object, applied } = await applyPatches(set, 'etcd', pod);
    expect(object).toEqual({ ...pod, metadata: { name: 'etcd', labels: { a: 'one', b: 'two' } } });
    expect(applied.map(describeApplied)).toEqual([
      'applied patch of type "application/strategic-merge-patch+json" to target "etcd" (/patches/p.yaml)',
      'applied patch of type "application/strategic-merge-patch+json" to target "etcd" (/patches/p.yaml)',
    ]);
  });

  test('patches of other targets are left alone', async () => {
    const set = setOf('metadata: {labels: {a: b}}', 'merge', 'kube-scheduler');
    expect(await applyPatches(set, 'etcd', pod)).toEqual({ object: pod, applied: [], warnings: [] });
  });

  test('merge patches replace lists, JSON patches change single items', async () => {
    const merged = await applyPatches(setOf('spec: {containers: [{name: other}]}', 'merge'), 'etcd', pod);
    expect(merged.object).toMatchObject({ spec: { containers: [{ name: 'other' }] } });
    const changed = await applyPatches(setOf('- {op: add, path: /spec/containers/0/command/-, value: --v=5}', 'json'), 'etcd', pod);
    expect(changed.object).toMatchObject({ spec: { containers: [{ name: 'etcd', command: ['etcd', '--v=5'] }] } });
  });

  test('a field that Pods do not have is left out with a warning', async () => {
    const { object, warnings } = await applyPatches(setOf('spec: {hostNetwerk: true}'), 'etcd', pod);
    expect(object).toEqual(pod);
    expect(warnings).toEqual(['a patch of etcd sets spec.hostNetwerk, which its kind does not have; it is left out']);
  });

  test('the kubelet configuration is not checked', async () => {
    const document = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' };
    const set = setOf('maxPods: many\nnewField: 1', 'strategic', 'kubeletconfiguration');
    expect((await applyPatches(set, 'kubeletconfiguration', document)).object).toEqual({ ...document, maxPods: 'many', newField: 1 });
  });

  test.each<[string, string, PatchType, RegExp]>([
    [
      'a value of the wrong type',
      'metadata: {labels: {a: y}}',
      'strategic',
      /^PATCH_RESULT_INVALID .*metadata.labels.a should be text, but is true/,
    ],
    ['another kind', 'kind: Service', 'merge', /^PATCH_CHANGES_KIND .*kind of etcd from "Pod" to "Service"/],
    ['a removed apiVersion', 'apiVersion: null', 'strategic', /^PATCH_CHANGES_KIND /],
    [
      'an item without name',
      'spec: {containers: [{image: x}]}',
      'strategic',
      /^PATCH_NOT_APPLICABLE .*strategic-merge-patch\+json.*no "name"/,
    ],
    [
      'a failing test',
      '[{op: test, path: /kind, value: Service}]',
      'json',
      /^PATCH_NOT_APPLICABLE .*json-patch\+json.*another one than expected/,
    ],
    ['a JSON patch that is no list', 'a: b', 'json', /^PATCH_NOT_APPLICABLE .*not a list of operations/],
    ['a merge patch that is no object', '- a', 'merge', /^PATCH_NOT_APPLICABLE .*not an object/],
    [
      'a JSON patch that replaces everything',
      '[{op: replace, path: "", value: 1}]',
      'json',
      /^PATCH_NOT_APPLICABLE .*result is not an object/,
    ],
  ])('%s is an error with its place', async (...row) => {
    const [, text, type, expected] = row;
    const problem = await problemOf(setOf(`---\n# comment\n---\n${text}\n`, type));
    expect(`${problem.code} ${problem.summary}`).toMatch(expected);
    expect(problem.where?.file).toBe('/patches/p.yaml');
    expect(problem.remedy).toBeDefined();
  });

  test('the place names the line of the document', async () => {
    const problem = await problemOf(setOf('metadata: {}\n---\n\nkind: Service\n'));
    expect(problem.where).toEqual({ file: '/patches/p.yaml', line: 3, field: 'kind' });
    expect(problem.detail).toBe('Document 2 of the file.');
  });
});

describe('reading patch files', () => {
  test('faults name document and line', () => {
    const { problems } = readDocuments('a: b\n---\n\nc: d: e\n', { target: 'etcd', type: 'merge', file: '/p.yaml' });
    expect(problems).toEqual([
      expect.objectContaining({ code: 'PATCH_UNREADABLE', where: expect.objectContaining({ file: '/p.yaml', line: 4 }) as unknown }),
    ]);
    expect(problems[0]?.summary).toMatch(/^document 2 is not YAML or JSON: /);
  });

  test('a key that stands twice is a warning', () => {
    const { patches, warnings } = readDocuments('a: 1\na: 2\n', { target: 'etcd', type: 'merge', file: '/p.yaml' });
    expect(patches.map((patch) => patch.content)).toEqual([{ a: 2 }]);
    expect(warnings).toEqual(['/p.yaml:2: the key a stands twice, the later one counts']);
  });

  test('JSON is read in files of either extension', () => {
    const { patches } = readDocuments('[{"op": "test", "path": "/a", "value": null}]', { target: 'etcd', type: 'json', file: '/p.yaml' });
    expect(patches.map((patch) => patch.content)).toEqual([[{ op: 'test', path: '/a', value: null }]]);
  });
});
