import { expect, test } from 'vitest';
import { createFindings } from './findings.ts';
import { readDocuments } from './documents.ts';

const head = 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n';

function remedyFor(text: string): string {
  const findings = createFindings({ strict: true });
  readDocuments(text, 'c.yaml', findings);
  expect(findings.problems.map(({ code }) => code)).toContain('CONFIG_SYNTAX');
  return findings.problems.find(({ code }) => code === 'CONFIG_SYNTAX')?.remedy ?? '';
}

test.each([
  ['two dashes', `${head}--\n${head}`, 'three dashes'],
  ['four dashes', `${head}----\n${head}`, 'three dashes'],
  ['stars', `${head}***\n${head}`, 'three dashes'],
  ['text behind the dashes', `${head}---foo\n${head}`, 'on a line of its own'],
  ['a template', `${head}kubernetesVersion: {{ kube_version }}\n`, 'template'],
  ['a template with blocks', `${head}{% if a %}\nclusterName: a\n{% endif %}\n`, 'template'],
  ['a template elsewhere', `${head}clusterName: a\n  x: {{ b }}\n`, 'template'],
  ['a merge', `${head}<<<<<<< HEAD\nclusterName: a\n=======\nclusterName: b\n>>>>>>> other\n`, 'version control'],
  ['two colons', `${head}apiServer:\n  extraArgs:\n    bind-address: ::\n`, 'the value of "bind-address" in line 5 in quotes'],
  ['a colon in a value', `${head}clusterName: a: b\n`, 'the value of "clusterName" in line 3 in quotes'],
  ['an at sign', `${head}clusterName: @a\n`, 'in quotes'],
  ['quotes inside quotes', `${head}clusterName: 'it's'\n`, 'in quotes'],
  ['open quotes', `${head}clusterName: "a\n`, 'Close the quotes'],
  ['an open bracket', `${head}networking: {podSubnet: a\n`, 'Close the bracket'],
  ['a tab', `${head}networking:\n\tpodSubnet: a\n`, 'Indent line 4 with blanks: YAML takes no tabs.'],
  ['other columns', `${head}networking:\n  podSubnet: a\n serviceSubnet: b\n`, 'Indent line 5 as the other fields'],
  ['no blank behind the colon', `${head}clusterName:a\n`, 'Write a blank behind the colon in line 3.'],
])('%s gets a remedy that fits', (_what, text, words) => {
  const remedy = remedyFor(text);
  expect(remedy).toContain(words);
  if (!text.includes('\t')) expect(remedy).not.toMatch(/\btabs?\b/);
});

test('a remedy never repeats a value', () => {
  expect(remedyFor(`${head}certificateKey: SECRET: x\n`)).not.toContain('SECRET');
});

test.each([
  ['UTF-16 with a mark', '\uFFFD\uFFFDa\0p\0i\0', 'iconv'],
  ['UTF-16 without a mark', 'a\0p\0i\0V\0', 'iconv'],
  ['UTF-16 with the high byte first', '\0a\0p\0i\0V', 'iconv'],
  ['a compressed file', '\u001F\uFFFD\b\0', 'Unpack'],
  ['a program', '\u007FELF\u0002\u0001\0\0', 'text file'],
])('%s is told as what it is', (_what, text, words) => {
  expect(remedyFor(text)).toContain(words);
});
