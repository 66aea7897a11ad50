import { expect, test } from 'vitest';
import { createMemoryHost } from '../../host/memory/host.ts';
import type { Services } from '../../host/port.ts';
import { restartKubelet } from './files.ts';

function services(manager: 'systemd' | undefined, restart: () => Promise<void>): Services {
  return { ...createMemoryHost().services, manager: async () => manager, exists: async () => true, active: async () => true, restart };
}

async function linesOf(machine: Services): Promise<readonly string[]> {
  const lines: string[] = [];
  await restartKubelet(machine, {
    message: (text) => void lines.push(text),
    narrate: (text) => void lines.push(text),
    warn: (text) => void lines.push(`WARNING ${text}`),
  });
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
