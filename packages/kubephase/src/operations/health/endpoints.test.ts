import { isProblemError } from 'phaserunner';
import { expect, test } from 'vitest';
import { createMemoryHost } from '../../host/memory/host.ts';
import { readComponentEndpoints, readKubeletEndpoint } from './endpoints.ts';

const defaults = { advertiseAddress: '192.0.2.10', schedulerProbes: 'livez-readyz' } as const;

function pod(...command: readonly string[]): string {
  return JSON.stringify({
    spec: {
      containers: [
        { name: 'sidecar', command: ['sh'] },
        { name: 'c', command },
      ],
    },
  });
}

function files(changes: Readonly<Record<string, string>> = {}) {
  return createMemoryHost({
    files: {
      '/m/kube-apiserver.yaml': pod('kube-apiserver'),
      '/m/kube-controller-manager.yaml': pod('kube-controller-manager'),
      '/m/kube-scheduler.yaml': pod('kube-scheduler'),
      ...changes,
    },
  }).files;
}

async function urls(changes?: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await readComponentEndpoints(files(changes), '/m', defaults)).map(({ url }) => url);
}

test('without flags the defaults of the components hold', async () => {
  expect(await readComponentEndpoints(files(), '/m', defaults)).toEqual([
    { component: 'kube-apiserver', url: 'https://192.0.2.10:6443/livez' },
    { component: 'kube-controller-manager', url: 'https://127.0.0.1:10257/healthz' },
    { component: 'kube-scheduler', url: 'https://127.0.0.1:10259/livez' },
  ]);
});

test.each([
  [['--advertise-address=192.0.2.1', '--secure-port=7443'], 'https://192.0.2.1:7443/livez'],
  [['--advertise-address 192.0.2.1', '-secure-port=7443'], 'https://192.0.2.1:7443/livez'],
  [['--advertise-address=192.0.2.1', '--advertise-address=fd00::1'], 'https://[fd00::1]:6443/livez'],
  [['--secure-port-of-another-kind=1'], 'https://192.0.2.10:6443/livez'],
])('the flags %j lead to %s', async (flags, url) => {
  expect((await urls({ '/m/kube-apiserver.yaml': pod('kube-apiserver', ...flags) }))[0]).toBe(url);
});

test('a scheduler before 1.32 has another path', async () => {
  const endpoints = await readComponentEndpoints(files(), '/m', { ...defaults, schedulerProbes: 'healthz' });
  expect(endpoints[2]?.url).toBe('https://127.0.0.1:10259/healthz');
});

test.each([
  ['is not YAML', '/m', '{', 'not YAML'],
  ['is empty', '/m', '', 'no container'],
  ['has no container of the component', '/m', pod('kube-proxy'), 'no container'],
])('a manifest that %s is named', async (...[, directory, content, detail]) => {
  const error: unknown = await readComponentEndpoints(files({ '/m/kube-scheduler.yaml': content }), directory, defaults).catch(
    (reason: unknown) => reason,
  );
  expect(isProblemError(error) && error.problem).toMatchObject({
    code: 'COMPONENT_MANIFEST_UNUSABLE',
    detail: expect.stringContaining(detail) as string,
  });
});

test.each([
  [['/m/kube-scheduler.yaml'], ['static Pod manifest of kube-scheduler']],
  [
    ['/m/kube-controller-manager.yaml', '/m/kube-scheduler.yaml'],
    ['static Pod manifest of kube-controller-manager', 'static Pod manifest of kube-scheduler'],
  ],
])('manifests that are missing are named in one problem: %j', async (missing, make) => {
  const rest = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].filter((name) => !missing.includes(`/m/${name}.yaml`));
  const host = createMemoryHost({ files: Object.fromEntries(rest.map((name) => [`/m/${name}.yaml`, pod(name)])) });
  const error: unknown = await readComponentEndpoints(host.files, '/m', defaults).catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).toMatchObject({
    code: 'COMPONENT_MANIFEST_UNUSABLE',
    summary: `there is no manifest ${missing.join(', ')}`,
    make,
  });
});

test.each([
  ['the configuration of the run', undefined, 'http://127.0.0.1:10248/healthz'],
  ['a file that patches changed', 'healthzBindAddress: "fd00::1"\nhealthzPort: 10999\n', 'http://[fd00::1]:10999/healthz'],
  ['a file without the fields', 'kind: KubeletConfiguration\n', 'http://127.0.0.1:10248/healthz'],
  ['a file that switches the endpoint off', 'healthzPort: 0\n', undefined],
  ['a file that is not YAML', '{', 'http://127.0.0.1:10248/healthz'],
])('the kubelet is asked as %s says', async (_, content, url) => {
  const host = createMemoryHost({ files: content === undefined ? {} : { '/var/lib/kubelet/config.yaml': content } });
  const configured = { healthzBindAddress: '127.0.0.1', healthzPort: 10_248 };
  expect(await readKubeletEndpoint(host.files, '/var/lib/kubelet/config.yaml', configured)).toBe(url);
});
