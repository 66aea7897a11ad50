import { isProblemError } from 'phaserunner';
import { expect, test } from 'vitest';
import { parseKubeconfig } from '../../core/kubeconfig/text.ts';
import { createMemoryHost } from '../../host/memory/host.ts';
import type { Services } from '../../host/port.ts';
import { referToCertificate } from './refer-to-certificate.ts';
import { restartKubelet } from './restart-kubelet.ts';

const file = '/etc/kubernetes/kubelet.conf';
const pem = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'kubernetes', cluster: { server: 'https://192.0.2.10:6443', 'certificate-authority-data': 'Q0E=' } }],
  contexts: [{ name: 'node', context: { cluster: 'kubernetes', user: 'system:node:cp1' } }],
  'current-context': 'node',
  users: [
    { name: 'system:node:cp1', user: { 'client-certificate-data': 'Q1JU', 'client-key-data': 'S0VZ', extra: 'kept' } },
    { name: 'other', user: { token: 'kept' } },
  ],
};

function hostWith(content: object) {
  return createMemoryHost({ files: { [file]: { content: JSON.stringify(content), mode: 0o600 } } });
}

test('the current user gets the file, everything else is kept', async () => {
  const host = hostWith(kubeconfig);
  await referToCertificate(host.files, file, pem);
  const written = host.snapshot()[file];
  expect(parseKubeconfig(written?.text ?? '', file)).toEqual({
    ...kubeconfig,
    users: [
      { name: 'system:node:cp1', user: { extra: 'kept', 'client-certificate': pem, 'client-key': pem } },
      { name: 'other', user: { token: 'kept' } },
    ],
  });
  expect(written?.mode).toBe(0o600);
});

test.each([
  ['has no current context', { ...kubeconfig, 'current-context': '' }],
  ['names a context that is not there', { ...kubeconfig, 'current-context': 'x' }],
  ['has a context without a user', { ...kubeconfig, contexts: [{ name: 'node', context: { cluster: 'kubernetes', user: '' } }] }],
  ['names a user that is not there', { ...kubeconfig, users: [] }],
])('a file that %s is refused and left as it is', async (_, content) => {
  const host = hostWith(content);
  const error: unknown = await referToCertificate(host.files, file, pem).catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).toMatchObject({ code: 'KUBECONFIG_INVALID', where: { file } });
  expect(host.snapshot()[file]?.text).toBe(JSON.stringify(content));
});

test('a missing file is refused by its name', async () => {
  const error: unknown = await referToCertificate(createMemoryHost().files, file, pem).catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).toMatchObject({ code: 'KUBECONFIG_INVALID', where: { file } });
});

function services(manager: 'systemd' | undefined, restart: () => Promise<void>): Services {
  return { ...createMemoryHost().services, manager: async () => manager, exists: async () => true, active: async () => true, restart };
}

async function linesOf(machine: Services): Promise<readonly string[]> {
  const lines: string[] = [];
  await restartKubelet(machine, { message: (text) => void lines.push(text), warn: (text) => void lines.push(`WARNING ${text}`) });
  return lines;
}

test('the kubelet is restarted by the service manager', async () => {
  let restarts = 0;
  expect(await linesOf(services('systemd', async () => void restarts++))).toEqual(['restarting the kubelet']);
  expect(restarts).toBe(1);
});

test('a restart that fails is a warning', async () => {
  const lines = await linesOf(services('systemd', () => Promise.reject(new Error('exit code 1'))));
  expect(lines.at(-1)).toMatch(/^WARNING .*exit code 1/);
});

test('without a service manager the user is told to restart the kubelet', async () => {
  const lines = await linesOf(services(undefined, () => Promise.reject(new Error('not reached'))));
  expect(lines).toEqual([expect.stringContaining('restart the kubelet yourself')]);
});
