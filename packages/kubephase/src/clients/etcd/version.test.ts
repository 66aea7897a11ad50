import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from 'phaserunner';
import { afterEach, expect, it, test } from 'vitest';
import { readEtcdVersion } from './version.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sleeps in no time and keeps how long it should have been. */
function recordingClock(): Clock & { readonly pauses: readonly number[] } {
  const pauses: number[] = [];
  return {
    pauses,
    now: () => 0,
    sleep: async (ms) => {
      pauses.push(ms);
    },
  };
}

const usual = { credentials: {}, environment: {} };
const answer = '{"etcdserver":"3.6.8","etcdcluster":"3.6.0"}';

test.each([
  ['', '/version'],
  ['/', '/version'],
  ['//behind//a/', '/behind/a/version'],
])('an endpoint that ends with %j is asked at %s', async (end, path) => {
  const asked: (string | undefined)[] = [];
  const endpoint = await serve(({ url }, response) => {
    asked.push(url);
    response.end(answer);
  });
  expect(await readEtcdVersion({ ...usual, endpoint: `${endpoint}${end}` })).toBe('3.6.8');
  expect(asked).toEqual([path]);
});

test.each([
  [[503, 500, 502, 200], '3.6.8'],
  [[404], '3.6.8'],
])('answers with status %j end with the version', async (statuses, expected) => {
  const left = [...statuses];
  const endpoint = await serve((_, response) => void response.writeHead(left.shift() ?? 0).end(answer));
  const clock = recordingClock();
  expect(await readEtcdVersion({ ...usual, endpoint, clock })).toBe(expected);
  expect(clock.pauses).toEqual(statuses.slice(1).map(() => 5000));
});

it('gives up after four tries with a server that is ill', async () => {
  let asked = 0;
  const endpoint = await serve((_, response) => {
    asked += 1;
    response.writeHead(503).end();
  });
  await expect(readEtcdVersion({ ...usual, endpoint, clock: recordingClock() })).rejects.toMatchObject({
    problem: {
      code: 'ETCD_REQUEST_FAILED',
      summary: `etcd at ${endpoint} did not tell its version`,
      detail: '4 tries failed, the last one with status 503',
    },
  });
  expect(asked).toBe(4);
});

it('gives up after four tries where nobody answers', async () => {
  const clock = recordingClock();
  await expect(readEtcdVersion({ ...usual, endpoint: 'http://127.0.0.1:1', clock })).rejects.toMatchObject({
    problem: { code: 'ETCD_UNREACHABLE', detail: '4 tries failed, the last one with: connect ECONNREFUSED 127.0.0.1:1' },
  });
  expect(clock.pauses).toEqual([5000, 5000, 5000]);
});

test.each(['', 'null', '[]', '{"etcdserver":3}', '{"etcdcluster":"3.6.0"}', '<html>'])('%j is no answer of etcd', async (body) => {
  const endpoint = await serve((_, response) => void response.end(body));
  await expect(readEtcdVersion({ ...usual, endpoint })).rejects.toMatchObject({
    problem: { code: 'ETCD_REQUEST_FAILED', detail: 'the answer with status 200 is not JSON with a member "etcdserver"' },
  });
});

test.each(['10.0.0.1:2379', 'etcd.example', 'ftp://etcd.example', 'https://'])('%j is not asked at all', async (endpoint) => {
  await expect(readEtcdVersion({ ...usual, endpoint })).rejects.toMatchObject({
    problem: { code: 'ETCD_UNREACHABLE', detail: 'this is not a URL of HTTP or HTTPS' },
  });
});

it('is not asked again once the run is stopped', async () => {
  const stop = new AbortController();
  const endpoint = await serve((_, response) => {
    stop.abort(new Error('stopped by the test'));
    response.writeHead(503).end();
  });
  await expect(readEtcdVersion({ ...usual, endpoint, signal: stop.signal, clock: recordingClock() })).rejects.toThrow(
    'stopped by the test',
  );
});
