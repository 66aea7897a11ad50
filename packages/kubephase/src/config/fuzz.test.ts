import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterText, initText, loadText } from './load.cases.ts';

const sample = `${initText(`bootstrapTokens:
- token: abcdef.0123456789abcdef
  ttl: 1h
nodeRegistration:
  kubeletExtraArgs:
  - name: v
    value: "4"
localAPIEndpoint: {advertiseAddress: 192.0.2.10, bindPort: 6443}`)}---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}}
`;

const pieces = [
  '---\n',
  '\t',
  '- ',
  ': ',
  '&a ',
  '*a',
  '[',
  '}',
  '"',
  "'",
  '|',
  '>',
  '%',
  '!!int ',
  '<<: ',
  '? ',
  '\0',
  '\r',
  'null',
  '1e999',
  '0x',
  '~',
  '#',
  'kind: X\n',
  '__proto__: 1\n',
];
const edit = fc.record({
  at: fc.nat(sample.length),
  drop: fc.nat(12),
  insert: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })),
});

test('however a file is damaged, the answer is a configuration or problems that say where', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      let text = sample;
      for (const { at, drop, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + drop);
      const loaded = await loadText(text);
      if (!loaded.ok) expect(loaded.problems.length).toBeGreaterThan(0);
      for (const problem of loaded.ok ? [] : loaded.problems)
        expect(problem).toMatchObject({ where: { file: '/config.yaml' }, remedy: expect.any(String) });
    }),
    { numRuns: 300 },
  );
});

const fields = fc.constantFrom(
  'etcd',
  'networking',
  'apiServer',
  'featureGates',
  'dns',
  'proxy',
  'kubernetesVersion',
  'controlPlaneEndpoint',
  'certificatesDir',
  'clusterName',
);

test('whatever value a field has, the answer is a configuration or problems', async () => {
  await fc.assert(
    fc.asyncProperty(fields, fc.jsonValue({ maxDepth: 3 }), async (field, value) => {
      const loaded = await loadText(clusterText(`${field}: ${JSON.stringify(value)}`.replace(/^kubernetesVersion/, '"kubernetesVersion"')));
      if (!loaded.ok) expect(loaded.problems.every(({ code, summary }) => code !== '' && summary !== '')).toBe(true);
    }),
    { numRuns: 300 },
  );
});
