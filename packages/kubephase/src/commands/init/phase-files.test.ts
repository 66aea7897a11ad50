/** The folder of phase files and the tree of phases name each other. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flatten } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { workflow } from './workflow.ts';

const folder = fileURLToPath(new URL('phase', import.meta.url));

/** A container's own file has the name of its folder: `certs/certs.ts` is the phase `certs`. */
function pathsOfFiles(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replace(/\.ts$/, ''))
    .map((path) => (basename(path) === basename(dirname(path)) ? dirname(path) : path))
    .sort();
}

describe('the phases of init', () => {
  it('have one file each, named by their path', () => {
    const paths = flatten(workflow).map((one) => one.path);
    expect(pathsOfFiles()).toEqual([...paths].sort());
  });

  it('keep the order of the reference', () => {
    const top = flatten(workflow).filter((one) => one.depth === 0);
    expect(top.map((one) => one.path)).toEqual([
      'preflight',
      'certs',
      'kubeconfig',
      'etcd',
      'control-plane',
      'kubelet-start',
      'wait-control-plane',
      'upload-config',
      'upload-certs',
      'mark-control-plane',
      'bootstrap-token',
      'kubelet-finalize',
      'addon',
      'show-join-command',
    ]);
  });
});
