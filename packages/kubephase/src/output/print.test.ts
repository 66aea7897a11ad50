import { describe, expect, it } from 'vitest';
import { printDocument, printTable } from './print.ts';

describe('documents for programs', () => {
  const value = { kind: 'Images', images: ['registry.k8s.io/pause:3.10'], version: '1.30' };

  it('prints JSON indented by four blanks with a newline at the end', async () => {
    expect(await printDocument(value, 'json')).toBe(`{
    "kind": "Images",
    "images": [
        "registry.k8s.io/pause:3.10"
    ],
    "version": "1.30"
}
`);
  });

  it('prints YAML in the style of Kubernetes tools', async () => {
    expect(await printDocument(value, 'yaml')).toBe(`images:
- registry.k8s.io/pause:3.10
kind: Images
version: "1.30"
`);
  });
});

describe('tables', () => {
  it('are laid out like those of kubeadm', () => {
    const rows = [
      ['CERTIFICATE', 'EXPIRES', 'RESIDUAL TIME', 'CERTIFICATE AUTHORITY', 'EXTERNALLY MANAGED'],
      ['admin.conf', 'Nov 22, 2027 21:52 UTC', '364d', 'ca', 'no      '],
      ['!MISSING! apiserver', '', '', '', ''],
      ['apiserver-kubelet-client', 'Nov 22, 2027 21:52 UTC', '364d', 'ca', 'no      '],
    ];
    expect(printTable(rows).split('\n')).toEqual([
      'CERTIFICATE                EXPIRES                  RESIDUAL TIME   CERTIFICATE AUTHORITY   EXTERNALLY MANAGED',
      'admin.conf                 Nov 22, 2027 21:52 UTC   364d            ca                      no      ',
      `!MISSING! apiserver${' '.repeat(73)}`,
      'apiserver-kubelet-client   Nov 22, 2027 21:52 UTC   364d            ca                      no      ',
      '',
    ]);
  });

  it.each([
    ['a', 'a         |'],
    ['1234567', '1234567   |'],
    ['12345678', '12345678   |'],
    ['', '          |'],
  ])('pad the cell %j to ten characters, three of them blank', (cell, line) => {
    expect(printTable([[cell, '|']])).toBe(`${line}\n`);
  });

  it('count characters, not code units', () => {
    expect(
      printTable([
        ['\u{1f600}\u{1f600}', '|'],
        ['12345678', '|'],
      ]),
    ).toBe('\u{1f600}\u{1f600}         |\n12345678   |\n');
  });

  it('leave the last cell of every row as it is, also of a short row', () => {
    expect(printTable([['alone, and longer than any column'], ['a', 'b ']])).toBe('alone, and longer than any column\na         b \n');
  });

  it('are nothing without rows', () => {
    expect(printTable([])).toBe('');
  });
});
