/** Ways for tests to load a configuration: from a text or from flags, on a machine in memory. */
import { createMemoryHost, type MemoryHostOptions } from '../host/memory/host.ts';
import { loadInitConfig } from './load.ts';
import type { InitRequest, Loaded } from './request.ts';
import type { InitConfig } from './types.ts';

/** A machine with one interface, on the default route. */
export const machine: MemoryHostOptions = {
  hostName: 'cp1',
  routes: [{ family: 4, interface: 'eth0' }],
  interfaces: [
    { name: 'lo', up: true, loopback: true, pointToPoint: false, addresses: ['127.0.0.1', '::1'] },
    { name: 'eth0', up: true, loopback: false, pointToPoint: false, addresses: ['192.0.2.10', '2001:db8::10'] },
  ],
};

const file = '/config.yaml';

export interface Trial extends Partial<InitRequest> {
  readonly machine?: MemoryHostOptions;
}

export async function loadText(text: string, { machine: own, ...request }: Trial = {}): Promise<Loaded<InitConfig>> {
  const host = createMemoryHost({ ...machine, ...own, files: { [file]: text } });
  return loadInitConfig(host, { configPath: file, flags: { config: file }, detectCriSocket: false, ...request });
}

export async function loadFlags(flags: InitRequest['flags'], { machine: own, ...request }: Trial = {}): Promise<Loaded<InitConfig>> {
  return loadInitConfig(createMemoryHost({ ...machine, ...own }), { detectCriSocket: false, ...request, flags });
}

/** The configuration and warnings of a load that has to succeed. */
export function succeeded(loaded: Loaded<InitConfig>): Extract<Loaded<InitConfig>, { ok: true }> {
  if (!loaded.ok) throw new Error(loaded.problems.map(({ summary }) => summary).join('\n'));
  return loaded;
}

/** A file with a ClusterConfiguration that has these fields. */
export function clusterText(fields: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n${/kubernetesVersion/.test(fields) ? '' : 'kubernetesVersion: v1.36.2\n'}${fields}\n`;
}

/** A file with an InitConfiguration that has these fields, and a ClusterConfiguration. */
export function initText(fields: string): string {
  return `${clusterText('')}---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\n${fields}\n`;
}

/** Code and field of every problem, or `ok`. */
export function verdict(loaded: Loaded<InitConfig>): readonly string[] {
  return loaded.ok ? ['ok'] : loaded.problems.map(({ code, where }) => `${code} ${where?.field ?? where?.object ?? ''}`.trim());
}
