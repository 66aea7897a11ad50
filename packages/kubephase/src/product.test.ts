import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { productVersion, programNameOf, supportedRange } from './product.ts';
import { supportedMinors } from './releases/index.ts';

describe('the product', () => {
  it('has the version of its package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(productVersion).toBe(manifest.version);
  });

  it('names the range of releases that it has data for', () => {
    expect([supportedMinors[0], supportedMinors.at(-1)]).toEqual([supportedRange.first, supportedRange.last]);
  });

  it.each([
    ['/usr/bin/kubeadm', 'kubeadm'],
    ['./kubeadm', 'kubeadm'],
    ['C:\\bin\\kubeadm.exe', 'kubeadm'],
    ['/usr/bin/kubephase', 'kubephase'],
    ['/opt/kubephase/dist/bin/kubephase.js', 'kubephase'],
    ['/tmp/kubeadm-old', 'kubephase'],
  ])('is called by the name of the file it was started as: %s', (path, name) => {
    expect(programNameOf(path)).toBe(name);
  });
});
