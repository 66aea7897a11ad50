import { afterEach, describe, expect, it } from 'vitest';
import type { Action } from 'phaserunner';
import { serveBytes, serveRuntime, type SocketServer } from '../../../test/fixtures/cri-server.ts';
import { runtimeCases, type RuntimeUnderTest } from './cri.cases.ts';
import { createDryRunRuntime } from '../dry-run.ts';
import { runtimeUnreachable } from './failure.ts';
import { createMemoryRuntime, type MemoryRuntimeOptions } from './memory.ts';
import type { ContainerRuntime, ContainerStatus } from './port.ts';
import { createRealRuntime } from './real/runtime.ts';
import { recordRuntime } from '../recording.ts';

const images = {
  presentImage: 'registry.example/etcd:3.6.8-0',
  absentImage: 'registry.example/kube-apiserver:v1.36.2',
  wrongImage: 'registry.example/kube-apiserverr:v1.36.2',
  sandboxImage: 'registry.example/pause:3.10.2',
};
const pod = { namespace: 'kube-system', name: 'etcd-cp1' };
const logPath = '/var/log/pods/kube-system_etcd-cp1_1/etcd/1.log';
const containers: readonly ContainerStatus[] = [
  { id: 'c4', name: 'etcd', pod, state: 'running', attempt: 2, logPath },
  { id: 'c3', name: 'kube-scheduler', pod: { namespace: '', name: '' }, state: 'created', attempt: 0 },
  { id: 'c2', name: 'etcd', pod, state: 'exited', attempt: 1, exitCode: 0, reason: 'Completed', message: 'as the test wants it' },
  { id: 'c1', name: 'etcd', pod, state: 'exited', attempt: 0, exitCode: 137, reason: 'OOMKilled' },
  { id: 'c0', name: 'lost', pod, state: 'unknown', attempt: 0 },
];
const memory: MemoryRuntimeOptions = {
  containers,
  images: [images.presentImage],
  pulls: { [images.wrongImage]: [{ error: `${images.wrongImage}: not found` }] },
  sandboxImage: images.sandboxImage,
};
const memorySocket = 'unix:///run/memory.sock';

const servers: SocketServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(server: Promise<SocketServer>): Promise<string> {
  const made = await server;
  servers.push(made);
  return made.socket;
}

/** The real client, with a runtime in memory at the other end of a socket. */
async function served(options: MemoryRuntimeOptions = {}, lacking: readonly string[] = []): Promise<ContainerRuntime> {
  return createRealRuntime(await serve(serveRuntime({ runtime: createMemoryRuntime(options), lacking })));
}

async function real(): Promise<RuntimeUnderTest> {
  const server = await serveRuntime({ runtime: createMemoryRuntime(memory), containers });
  const silentSocket = `${server.socket}.gone`;
  const runtime = createRealRuntime(server.socket);
  return {
    ...images,
    containers,
    runtime,
    socket: server.socket,
    silent: createRealRuntime(silentSocket),
    silentSocket,
    dispose: server.close,
  };
}

runtimeCases('container runtime over its socket', real);
runtimeCases('container runtime in memory', () => ({
  ...images,
  containers,
  runtime: createMemoryRuntime(memory),
  socket: memorySocket,
  silent: createMemoryRuntime({ unreachable: true }),
  silentSocket: memorySocket,
}));
runtimeCases(
  'container runtime of a dry run',
  () => ({
    ...images,
    containers,
    runtime: createDryRunRuntime(createMemoryRuntime(memory)),
    socket: memorySocket,
    silent: createDryRunRuntime(createMemoryRuntime({ unreachable: true })),
    silentSocket: memorySocket,
  }),
  {
    'tells the image for sandboxes': 'the runtime is not asked about images',
    'has an image that is there': 'the runtime is not asked about images',
    'tells of containers by name, the newest first': 'the runtime is not asked about containers',
    'says about containers that nobody answers, and where': 'the runtime is not asked about containers',
    'fails with the image and the cause when an image cannot be pulled': 'nothing is pulled',
    'says about images that nobody answers, and where': 'the runtime is not asked about images',
  },
);

describe('a container runtime that is not fit', () => {
  it('tells why it is not ready', async () => {
    expect(await (await served({ unreadiness: 'ShimMissing' })).unreadiness()).toBe(
      'RuntimeReady is false: ShimMissing: as the test wants it',
    );
  });

  it.each([
    [true, {}],
    [false, { tellsCgroupDriver: false }],
  ])('that it tells its cgroup driver is %s', async (expected, options) => {
    expect(await (await served(options)).tellsCgroupDriver()).toBe(expected);
  });

  it.each(['version', 'imageFsInfo'])('is refused when it does not know %s', async (call) => {
    await expect((await served({}, [call])).version()).rejects.toMatchObject({
      problem: {
        code: 'CRI_REQUEST_FAILED',
        summary: expect.stringMatching(/^the container runtime at unix:\/\/.* did not tell its version$/),
        detail: expect.stringMatching(/not implemented/),
        remedy: expect.stringContaining('disabled_plugins'),
      },
    });
  });

  it('leaves out a container that is removed between two looks', async () => {
    const socket = await serve(serveRuntime({ runtime: createMemoryRuntime(), containers, removed: ['c2'] }));
    expect((await createRealRuntime(socket).containers('etcd')).map(({ id }) => id)).toEqual(['c4', 'c1']);
  });

  it('passes on why it cannot tell of containers', async () => {
    await expect((await served({}, ['listContainers'])).containers('etcd')).rejects.toMatchObject({
      problem: { code: 'CRI_REQUEST_FAILED', summary: expect.stringMatching(/did not tell of containers named etcd$/) },
    });
  });

  it('passes on why it cannot look for an image', async () => {
    await expect((await served({ lookError: 'the image store is broken' })).hasImage('a')).rejects.toMatchObject({
      problem: { code: 'CRI_REQUEST_FAILED', detail: 'the image store is broken', remedy: 'Look at the log of the container runtime.' },
    });
  });
});

describe('a socket without a container runtime', () => {
  it.each([
    ['closes the connection', 'the connection was closed without an answer', () => serveBytes((socket) => void socket.destroy())],
    [
      'answers as an older HTTP',
      'Protocol error',
      () => serveBytes((socket) => void socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    ],
    ['says nothing', 'no answer within 20 ms', () => serveBytes((socket) => void socket.resume())],
  ])('that %s counts as unreachable', async (_, detail, server) => {
    const socket = await serve(server());
    await expect(createRealRuntime(socket, { timeoutMs: 20 }).version()).rejects.toMatchObject({
      problem: { code: 'CRI_UNREACHABLE', detail },
    });
  });

  it('is left alone when the run is stopped while an image is pulled', async () => {
    const stop = new AbortController();
    const socket = await serve(
      serveBytes((connection) => void connection.once('data', () => stop.abort(new Error('stopped by the test')))),
    );
    await expect(createRealRuntime(socket).pullImage('a', { signal: stop.signal })).rejects.toThrow('stopped by the test');
  });

  it('has another remedy when only permission is missing', () => {
    const error = runtimeUnreachable({ socket: memorySocket, detail: 'connect EACCES /run/memory.sock' });
    expect(error).toMatchObject({ problem: { remedy: 'Run the command as root, or as a user who may use the socket.' } });
  });
});

describe('recordRuntime', () => {
  it('records pulls that were made, in a real run and in a dry run alike', async () => {
    const expected = [{ kind: 'pull-image', summary: `pull image ${images.absentImage}`, image: images.absentImage }];
    for (const runtime of [createMemoryRuntime(memory), createDryRunRuntime(createMemoryRuntime(memory))]) {
      const actions: Action[] = [];
      const recorded = recordRuntime(runtime, (action) => actions.push(action));
      await recorded.hasImage(images.absentImage);
      await recorded.pullImage(images.absentImage);
      expect(actions).toEqual(expected);
    }
  });

  it('records no pull that failed', async () => {
    const actions: Action[] = [];
    const recorded = recordRuntime(createMemoryRuntime(memory), (action) => actions.push(action));
    await expect(recorded.pullImage(images.wrongImage)).rejects.toThrow('cannot pull image');
    expect(actions).toEqual([]);
  });
});
