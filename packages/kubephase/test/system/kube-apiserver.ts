/** A real API server of its own for tests, with Debian's etcd behind it, both on loopback and without containers. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRealKubeApi } from '../../src/clients/kube/real/api.ts';
import { buildKubeconfig } from '../../src/core/kubeconfig/kubeconfig.ts';
import { printKubeconfig } from '../../src/core/kubeconfig/text.ts';
import { waitFor } from '../../src/operations/wait.ts';
import { createTestAuthority, type TestAuthority, type Wanted } from '../fixtures/authority.ts';
import { freePorts, startChild, type Child } from './child.ts';

export interface ApiServer {
  /** URL. */
  readonly url: string;
  /** Of the clients and of the server. */
  readonly authority: TestAuthority;
  /** Text of a kubeconfig with a client certificate. */
  readonly kubeconfigFor: (wanted: Wanted) => Promise<string>;
  /** Ends both processes and removes their files. */
  readonly remove: () => Promise<void>;
}

const cache = process.env['KUBEPHASE_E2E_CACHE'] ?? '/var/cache/kubephase-e2e';
const binary = join(process.env['KUBEPHASE_KUBERNETES_BIN'] ?? join(cache, 'kubernetes-1.20.2/bin'), 'kube-apiserver');

/** Why there is none, or undefined. */
export const apiServerMissing = reasonOf();

function reasonOf(): string | undefined {
  if (!existsSync(binary)) return 'there is no kube-apiserver';
  return spawnSync('etcd', ['--version']).error === undefined ? undefined : 'etcd is not installed';
}

/** Returns when the server has its namespaces and its roles. */
export async function startApiServer(): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-apiserver-'));
  const [port = 0, etcdPort = 0, peerPort = 0] = await freePorts(3);
  const authority = await createTestAuthority('kubernetes');
  await writeCredentials(folder, authority);
  const etcd = startChild('etcd', etcdArguments(folder, etcdPort, peerPort));
  const apiServer = startChild(binary, apiServerArguments(folder, port, etcdPort));
  const server: ApiServer = {
    url: `https://127.0.0.1:${port}`,
    authority,
    kubeconfigFor: (wanted) => kubeconfigFor(`https://127.0.0.1:${port}`, authority, wanted),
    remove: async () => {
      await apiServer.end();
      await etcd.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await untilReady(server, [etcd, apiServer]);
  return server;
}

async function writeCredentials(folder: string, authority: TestAuthority): Promise<void> {
  const serving = await authority.issue({ commonName: 'kube-apiserver', ipAddresses: ['127.0.0.1'] });
  const signing = await authority.issue({ commonName: 'service-accounts' });
  writeFileSync(join(folder, 'ca.crt'), authority.certificate);
  writeFileSync(join(folder, 'server.crt'), serving.certificate);
  writeFileSync(join(folder, 'server.key'), serving.key, { mode: 0o600 });
  writeFileSync(join(folder, 'sa.key'), signing.key, { mode: 0o600 });
}

function etcdArguments(folder: string, port: number, peerPort: number): readonly string[] {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--log-level=error',
  ];
}

function apiServerArguments(folder: string, port: number, etcdPort: number): readonly string[] {
  return [
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--tls-cert-file=${join(folder, 'server.crt')}`,
    `--tls-private-key-file=${join(folder, 'server.key')}`,
    `--client-ca-file=${join(folder, 'ca.crt')}`,
    '--authorization-mode=Node,RBAC',
    '--service-cluster-ip-range=10.96.0.0/24',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(folder, 'sa.key')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    // No Service may point to loopback.
    '--endpoint-reconciler-type=none',
  ];
}

async function kubeconfigFor(server: string, authority: TestAuthority, wanted: Wanted): Promise<string> {
  const { certificate, key } = await authority.issue(wanted);
  const parts = { clusterName: 'kubernetes', userName: wanted.commonName, preferences: false };
  return printKubeconfig(
    buildKubeconfig({ ...parts, server, caCertificate: authority.certificate, clientCertificate: certificate, clientKey: key }),
  );
}

async function untilReady(server: ApiServer, children: readonly Child[]): Promise<void> {
  const kubeconfig = await server.kubeconfigFor({ commonName: 'test', organizations: ['system:masters'] });
  const kube = createRealKubeApi({ kubeconfig });
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  try {
    await waitFor({
      name: 'the API server',
      deadlineMs: 90_000,
      intervalMs: 100,
      probe: async () => {
        const end = children.map((child) => child.ended()).find((text) => text !== undefined);
        if (end !== undefined) throw new Error(`a server ended: ${end}`);
        const found = await Promise.all([
          kube.get({ apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' }),
          kube.get({ apiVersion, kind: 'ClusterRole', name: 'cluster-admin' }),
          kube.get({ apiVersion, kind: 'ClusterRoleBinding', name: 'cluster-admin' }),
        ]);
        return found.includes(undefined) ? 'its first objects' : undefined;
      },
    });
  } catch (error) {
    const logs = children.map((child) => child.log()).join('\n');
    await server.remove();
    throw new Error(`the API server does not start:\n${logs}`, { cause: error });
  } finally {
    kube.close();
  }
}
