/** Manifests and kubelet files of the recorded cases, compared as documents; the order of lists counts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineWorkflow, runWorkflow } from 'phaserunner';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { etcd, kubeletStart } from '../commands/init/phases.ts';
import { loadInitConfig } from '../config/load.ts';
import { flags } from '../flags/flags.ts';
import type { MemoryEntry } from '../host/memory/disk.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import { controlPlane } from '../phases/control-plane.ts';
import { usualPaths, type NodePaths } from '../run/context.ts';
import type { KubeletContext } from './kubelet/files.ts';
import type { ManifestContext } from './manifests.ts';
import { createPatches } from './patches.ts';

const beside = fileURLToPath(new URL('../../../../../shared/conformance', import.meta.url));
const folder = process.env.KUBEPHASE_CONFORMANCE ?? beside;
const cases = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];

const workflow = defineWorkflow<ManifestContext & KubeletContext & { readonly paths: NodePaths }, typeof flags>({
  name: 'init',
  summary: 'Static Pods and kubelet',
  flags,
  phases: [etcd, controlPlane, kubeletStart],
});

const compared =
  /^(etc\/kubernetes\/manifests\/|var\/lib\/kubelet\/|etc\/(passwd|group)$|dry\/(config|instance-config|kube-[a-z-]+|etcd)\.(yaml|env)$)/;

function filesBelow(root: string): readonly string[] {
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/** What earlier phases would have left: the phases here only give these files to other users. */
function certificates(expected: string): readonly (readonly [string, MemoryEntry])[] {
  const described = filesBelow(expected).filter((path) => /\.(key|pub)\.json$/.test(path));
  const kubeconfigs = ['controller-manager.conf', 'scheduler.conf'].map((name) => `etc/kubernetes/${name}`);
  return [...described.map((path) => path.replace(/\.json$/, '')), ...kubeconfigs].map((path) => [
    `/${path}`,
    { content: '', mode: 0o600 },
  ]);
}

async function produce(name: string) {
  const seed = join(folder, name, 'seed');
  const files: Record<string, MemoryEntry> = Object.fromEntries([
    ...certificates(join(folder, name, 'expected')),
    ...filesBelow(seed).map((path) => [`/${path}`, readFileSync(join(seed, path))] as const),
    ['/config.yaml', readFileSync(join(folder, name, 'config.yaml'))] as const,
  ]);
  const host = createMemoryHost({ files, hostName: 'not-cp1' });
  const loaded = await loadInitConfig(host, { configPath: '/config.yaml', flags: {}, detectCriSocket: false });
  if (!loaded.ok) throw new TypeError(JSON.stringify(loaded.problems));
  const dry = name.includes('dry-run');
  const { config, release } = loaded;
  const paths = { ...usualPaths(config.cluster.certificatesDir), ...(dry ? { manifests: '/dry', kubelet: '/dry' } : {}) };
  const patches = createPatches(host.files, config.patchesDirectory);
  const result = await runWorkflow(workflow, { context: { config, release, host, paths, patches }, listeners: [], selection: [] });
  expect(result.problems ?? []).toEqual([]);
  return host.snapshot();
}

const read = (path: string, text: string): unknown => (path.endsWith('.yaml') ? parse(text) : text);

describe.skipIf(cases.length === 0)('recorded cases (skipped where the folder with the cases is missing)', () => {
  // The external CA of case 15 needs real certificates: it is run with the whole program.
  test.each(cases.map((entry) => entry.name).filter((name) => !name.includes('external-ca')))('%s', async (name) => {
    const expected = join(folder, name, 'expected');
    const paths = filesBelow(expected).filter((path) => compared.test(path));
    const snapshot = await produce(name);
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      const found = snapshot[`/${path}`];
      expect(found, path).toBeDefined();
      expect(read(path, found?.text ?? ''), path).toEqual(read(path, readFileSync(join(expected, path), 'utf8')));
    }
  });
});
