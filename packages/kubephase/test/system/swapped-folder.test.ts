/** `--rootfs` on a folder whose owner swaps `etc` for a link, again and again, while root writes into it. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { createSandbox } from './sandbox.ts';

const config = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.0.2.10}
nodeRegistration: {name: cp1, criSocket: unix:///run/containerd/containerd.sock}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ECDSA-P256
`;

/** Swaps as fast as it can, and ends with its parent at the latest. */
const swapper = `
  const fs = require('node:fs');
  const [, folder, outside] = process.argv;
  process.stdout.write('ready');
  for (;;) {
    try {
      fs.renameSync(folder, folder + '.away');
      fs.symlinkSync(outside, folder);
      fs.unlinkSync(folder);
      fs.renameSync(folder + '.away', folder);
    } catch {
      // The program made the folder anew in between: begin again.
      try {
        for (const name of [folder, folder + '.away']) fs.rmSync(name, { recursive: true, force: true });
        fs.mkdirSync(folder);
      } catch {}
    }
  }`;

/** Before files were reached by descriptors, about one run in seven wrote outside. */
const runs = 8;

it.for(programs)('$name writes nothing outside', async ({ command, missing }, context) => {
  if (missing !== undefined) context.skip(missing);
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  const sandbox = createSandbox(command);
  sandbox.write('/config.yaml', config);
  mkdirSync(join(sandbox.root, 'etc/kubernetes'), { recursive: true });
  const enemy = spawn(process.execPath, ['-e', swapper, join(sandbox.root, 'etc'), outside], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise((resolve) => {
      enemy.stdout.once('data', resolve);
    });
    const exits = Array.from(
      { length: runs },
      () => sandbox.run(['init', 'phase', 'certs', '--rootfs', sandbox.root, '--config', '/config.yaml']).exitCode,
    );
    expect(readdirSync(outside, { recursive: true })).toEqual([]);
    expect(enemy.exitCode).toBeNull();
    // Some are stopped by the swaps, and none by anything else.
    expect(exits.filter((exit) => exit !== 0 && exit !== 5)).toEqual([]);
  } finally {
    enemy.kill('SIGKILL');
    await new Promise((resolve) => {
      enemy.once('close', resolve);
    });
    sandbox.remove();
    rmSync(outside, { recursive: true });
  }
});
