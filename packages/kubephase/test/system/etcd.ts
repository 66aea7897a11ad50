/** An etcd of its own for tests, with TLS and client certificates: everything it has is in one folder, and it goes when the test goes. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRealEtcd } from '../../src/clients/etcd/real/cluster.ts';
import { waitFor } from '../../src/operations/wait.ts';
import type { EtcdPki } from '../fixtures/etcd-pki.ts';

export interface Etcd {
  /** Client URL. */
  readonly endpoint: string;
  readonly peerUrl: string;
  /** Ends the process; its folder stays. */
  readonly stop: () => Promise<void>;
  /** Ends the process and removes its folder. */
  readonly remove: () => Promise<void>;
}

/** Where a member is going to be. */
export interface EtcdUrls {
  readonly endpoint: string;
  readonly peerUrl: string;
}

export interface EtcdOptions {
  readonly name: string;
  readonly pki: EtcdPki;
  readonly urls: EtcdUrls;
  /** Members of a cluster that is there already, this one included: `name=peerUrl,…`. Without it the cluster is new. */
  readonly existing?: string;
}

/** Why there is none, or undefined. */
export const etcdMissing = spawnSync('etcd', ['--version']).error === undefined ? undefined : 'etcd is not installed';

/** Two ports of this machine that nobody uses. */
export async function freeUrls(): Promise<EtcdUrls> {
  const [client, peer] = await Promise.all([freePort(), freePort()]);
  return { endpoint: `https://127.0.0.1:${client}`, peerUrl: `https://127.0.0.1:${peer}` };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Returns as soon as the process runs. A new cluster is ready then, a further member is not. */
export async function startEtcd(options: EtcdOptions): Promise<Etcd> {
  const { pki, urls, existing } = options;
  const folder = mkdtempSync(join(tmpdir(), 'etcd-'));
  // Without the environment of the test: etcd reads its settings there too.
  const child = spawn('etcd', [...argumentsOf(options, folder)], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const remove = async (): Promise<void> => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  if (existing === undefined) {
    try {
      await untilReady(urls.endpoint, pki, child);
    } catch (error) {
      await remove();
      throw new Error(`etcd does not start:\n${log}`, { cause: error });
    }
  }
  return { ...urls, stop: () => end(child), remove };
}

function argumentsOf({ name, pki, urls: { endpoint, peerUrl }, existing }: EtcdOptions, folder: string): readonly string[] {
  const file = (base: string, pem: string): string => {
    const path = join(folder, base);
    writeFileSync(path, pem, { mode: 0o600 });
    return path;
  };
  const ca = file('ca.crt', pki.ca);
  return [
    `--name=${name}`,
    `--data-dir=${join(folder, 'data')}`,
    `--listen-client-urls=${endpoint}`,
    `--advertise-client-urls=${endpoint}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=${existing ?? `${name}=${peerUrl}`}`,
    `--initial-cluster-state=${existing === undefined ? 'new' : 'existing'}`,
    '--client-cert-auth',
    `--trusted-ca-file=${ca}`,
    `--cert-file=${file('server.crt', pki.server.certificate)}`,
    `--key-file=${file('server.key', pki.server.key)}`,
    '--peer-client-cert-auth',
    `--peer-trusted-ca-file=${ca}`,
    `--peer-cert-file=${file('peer.crt', pki.peer.certificate)}`,
    `--peer-key-file=${file('peer.key', pki.peer.key)}`,
    // A member that was lost shows sooner.
    '--heartbeat-interval=50',
    '--election-timeout=500',
  ];
}

async function untilReady(endpoint: string, { credentials }: EtcdPki, child: ChildProcess): Promise<void> {
  const etcd = createRealEtcd({ endpoints: [endpoint], credentials });
  await waitFor({
    name: 'etcd',
    deadlineMs: 30_000,
    intervalMs: 50,
    probe: async () => {
      if (child.exitCode !== null) throw new Error(`etcd ended with exit code ${child.exitCode}`);
      return (await etcd.status(endpoint)).leaderId === undefined ? 'there is no leader yet' : undefined;
    },
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
