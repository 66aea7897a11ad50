import { isProblemError, type Problem } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { failure } from '../problems/catalogue.ts';
import { isStructured, preparePrinter, printStructured, structuredFormats, type StructuredOptions } from './structured.ts';

const images = {
  apiVersion: 'output.kubeadm.k8s.io/v1alpha3',
  images: ['registry.k8s.io/pause:3.10.2', 'registry.k8s.io/etcd:3.6.8-0'],
  kind: 'Images',
};
const tokens = [
  { kind: 'BootstrapToken', apiVersion: 'v1', token: 'aaaaaa.0123456789abcdef', description: '<a> & b', groups: undefined },
  { kind: 'BootstrapToken', apiVersion: 'v1', token: 'bbbbbb.0123456789abcdef', expires: new Date(0) },
];
const files: Readonly<Record<string, string>> = {
  'list.tmpl': '{{range .images}}{{.}}\n{{end}}',
  'list.jsonpath': '{range .images[*]}{@}\n{end}',
  'bad.tmpl': 'a\n {{if}}',
};

const options: StructuredOptions = {
  allowMissingKeys: true,
  readFile: async (path) => {
    const text = files[path];
    if (text === undefined) throw new Error(`no such file: ${path}`);
    return text;
  },
};

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isProblemError(error)) throw new Error('no problem', { cause: error });
  return error.problem;
}

describe('objects for programs', () => {
  it('are JSON with four blanks, kind and apiVersion first, a newline at the end', async () => {
    expect(await printStructured(images, 'json', options)).toBe(`{
    "kind": "Images",
    "apiVersion": "output.kubeadm.k8s.io/v1alpha3",
    "images": [
        "registry.k8s.io/pause:3.10.2",
        "registry.k8s.io/etcd:3.6.8-0"
    ]
}
`);
  });

  it('are YAML with sorted keys', async () => {
    expect(await printStructured(images, 'yaml', options)).toBe(`apiVersion: output.kubeadm.k8s.io/v1alpha3
images:
- registry.k8s.io/pause:3.10.2
- registry.k8s.io/etcd:3.6.8-0
kind: Images
`);
  });

  it('are KYAML with the order of JSON', async () => {
    expect(await printStructured(images, 'kyaml', options)).toBe(`---
{
  kind: "Images",
  apiVersion: "output.kubeadm.k8s.io/v1alpha3",
  images: [
    "registry.k8s.io/pause:3.10.2",
    "registry.k8s.io/etcd:3.6.8-0",
  ],
}
`);
  });

  it.each([
    ['jsonpath={.images[0]}', 'registry.k8s.io/pause:3.10.2'],
    ['jsonpath={.kind}={.images[?(@=="registry.k8s.io/etcd:3.6.8-0")]}', 'Images=registry.k8s.io/etcd:3.6.8-0'],
    ['jsonpath-as-json={.kind}', '[\n    "Images"\n]\n'],
    ['jsonpath-file=list.jsonpath', 'registry.k8s.io/pause:3.10.2\nregistry.k8s.io/etcd:3.6.8-0\n'],
    ['go-template={{len .images}}', '2'],
    ['template={{.kind}}={{.nope}}', 'Images=<no value>'],
    ['go-template-file=list.tmpl', 'registry.k8s.io/pause:3.10.2\nregistry.k8s.io/etcd:3.6.8-0\n'],
    ['templatefile=list.tmpl', 'registry.k8s.io/pause:3.10.2\nregistry.k8s.io/etcd:3.6.8-0\n'],
  ])('are what the template makes of them: %s', async (spec, text) => {
    expect(await printStructured(images, spec, options)).toBe(text);
  });

  it('come one behind the other, without members that are not set', async () => {
    const json = await printStructured(tokens, 'json', options);
    expect(json).toMatch(/"description": "\\u003ca\\u003e \\u0026 b"\n\}\n\{\n {4}"kind"/);
    expect(json).not.toContain('groups');
    const plain = tokens.map((token): unknown => JSON.parse(JSON.stringify(token)));
    for (const format of ['yaml', 'kyaml']) {
      const text = await printStructured(tokens, format, options);
      expect(parseAllDocuments(text).map((document) => document.toJS() as unknown)).toEqual(plain);
    }
    expect(await printStructured(tokens, 'kyaml', options)).toMatch(/^---\n\{\n[^]*\n\}\n---\n\{\n/);
    expect(await printStructured(tokens, 'jsonpath={.expires};', options)).toBe(';1970-01-01T00:00:00.000Z;');
    expect(await printStructured(tokens, 'go-template={{.token}} ', options)).toBe('aaaaaa.0123456789abcdef bbbbbb.0123456789abcdef ');
  });

  it.each(['json', 'yaml', 'kyaml', 'jsonpath={.kind}', 'go-template={{.kind}}'])(
    'are no text at all when there are none: %s',
    async (spec) => {
      expect(await printStructured([], spec, options)).toBe('');
    },
  );

  it.each(['JSON', 'Yaml', 'KYAML'])('need no exact case for %s', async (spec) => {
    expect(await printStructured(images, spec, options)).toBe(await printStructured(images, spec.toLowerCase(), options));
  });
});

describe('the value of -o', () => {
  it('has eleven formats, sorted', () => {
    expect(structuredFormats).toEqual([
      'go-template',
      'go-template-file',
      'json',
      'jsonpath',
      'jsonpath-as-json',
      'jsonpath-file',
      'kyaml',
      'template',
      'templatefile',
      'text',
      'yaml',
    ]);
  });

  it('leaves only text to the command', () => {
    expect(['text', 'json', 'jsonpath={.kind}', 'foo'].map((spec) => isStructured(spec))).toEqual([false, true, true, true]);
  });

  it.each(['foo', '', 'json=x', 'JSONPATH={.kind}', 'text', 'constructor', '=', 'foo=bar'])('%j is no format', async (spec) => {
    expect(await problemOf(printStructured(images, spec, options))).toMatchObject({
      code: 'OUTPUT_FORMAT_UNKNOWN',
      summary: `there is no output format "${spec}"`,
      detail: `Allowed formats are: ${structuredFormats.join(',')}`,
      where: { object: '--output' },
    });
  });

  it.each([
    ['jsonpath', "-o 'jsonpath={.kind}'"],
    ['jsonpath=', "-o 'jsonpath={.kind}'"],
    ['go-template', "-o 'go-template={{.kind}}'"],
    ['templatefile=', "-o 'templatefile=FILE'"],
  ])('%j lacks a template', async (spec, remedy) => {
    const problem = await problemOf(printStructured(images, spec, options));
    expect(problem.code).toBe('OUTPUT_TEMPLATE_MISSING');
    expect(problem.remedy).toContain(remedy);
  });

  it('may name a file that cannot be read', async () => {
    expect(await problemOf(printStructured(images, 'jsonpath-file=gone', options))).toMatchObject({
      code: 'OUTPUT_TEMPLATE_UNREADABLE',
      summary: 'cannot read the template gone',
      detail: 'no such file: gone',
      where: { file: 'gone' },
    });
  });

  it('keeps the problem of whoever reads the file', async () => {
    const unreadable = { ...options, readFile: async () => Promise.reject(failure('FLAG_VALUE_INVALID', { summary: 'not that one' })) };
    expect(await problemOf(printStructured(images, 'templatefile=x', unreadable))).toMatchObject({ summary: 'not that one' });
  });
});

describe('a faulty template', () => {
  it.each([
    ['jsonpath={.kind}{.a[}', { object: '--output', line: 1, column: 11 }, '[}'],
    ['go-template=a{{foo}}', { object: '--output', line: 1, column: 4 }, 'foo}}'],
    ['go-template-file=bad.tmpl', { file: 'bad.tmpl', line: 2, column: 2 }, '{{if}}'],
  ])('is found before any object is there: %s', async (spec, where, excerpt) => {
    expect(await problemOf(preparePrinter(spec, options))).toMatchObject({
      code: 'OUTPUT_TEMPLATE_INVALID',
      summary: expect.stringMatching(/^the template cannot be read: /) as string,
      detail: `The place is before: ${excerpt}`,
      where,
    });
  });

  it.each(['jsonpath={.images[5]}', 'go-template={{index .images 5}}'])(
    'that does not fit the object names no value of it: %s',
    async (spec) => {
      const problem = await problemOf(printStructured(images, spec, options));
      expect(problem.code).toBe('OUTPUT_TEMPLATE_FAILED');
      expect(JSON.stringify(problem)).not.toContain('registry.k8s.io');
    },
  );

  it.each(['jsonpath={.nope}', 'go-template={{.nope}}', 'jsonpath-as-json={.nope}'])(
    'may ask for what is missing, unless that is not allowed: %s',
    async (spec) => {
      await expect(printStructured(images, spec, options)).resolves.toBeTypeOf('string');
      expect(await problemOf(printStructured(images, spec, { ...options, allowMissingKeys: false }))).toMatchObject({
        code: 'OUTPUT_TEMPLATE_FAILED',
        where: { object: '--output', line: 1 },
      });
    },
  );
});
