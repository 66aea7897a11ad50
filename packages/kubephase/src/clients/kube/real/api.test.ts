import { createServer as createProxy, type IncomingMessage, type ServerResponse } from 'node:http';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestAuthority, type IssuedPair, type TestAuthority } from '../../../../test/fixtures/authority.ts';
import { bodyOf, serveHttps, type HttpsServer } from '../../../../test/fixtures/https-server.ts';
import { printKubeconfig } from '../../../core/kubeconfig/text.ts';
import { createRealKubeApi, type RealKubeApi, type RealKubeOptions } from './api.ts';

const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1' } } as const;
const reference = { apiVersion: 'v1', kind: 'Node', name: 'cp1' } as const;

let authority: TestAuthority;
let serving: IssuedPair;
let client: IssuedPair;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await createTestAuthority();
  serving = await authority.issue({ commonName: 'server', ipAddresses: ['127.0.0.1'], dnsNames: ['inside.example'] });
  client = await authority.issue({ commonName: 'client' });
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

type Fields = Readonly<Record<string, unknown>>;

function kubeconfig(server: string, user: Fields = {}, cluster: Fields = {}): string {
  return printKubeconfig({
    'current-context': 'it',
    clusters: [{ name: 'it', cluster: { server, 'certificate-authority-data': base64(authority.certificate), ...cluster } }],
    contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    users: [{ name: 'it', user }],
  });
}

function open(options: RealKubeOptions): RealKubeApi {
  const kube = createRealKubeApi(options);
  closers.push(() => kube.close());
  return kube;
}

async function serve(listener: (request: IncomingMessage, response: ServerResponse) => void, identity = serving): Promise<HttpsServer> {
  const server = await serveHttps(identity, listener, authority.certificate);
  closers.push(() => server.close());
  return server;
}

/** Answers with the Node and keeps what it was asked with. */
async function serveNode(): Promise<HttpsServer & { readonly seen: IncomingMessage[]; readonly names: unknown[] }> {
  const seen: IncomingMessage[] = [];
  const names: unknown[] = [];
  const server = await serve((request, response) => {
    seen.push(request);
    names.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN);
    response.end(JSON.stringify(node));
  });
  return { ...server, seen, names };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'kube-'));
  closers.push(() => rmSync(path, { recursive: true }));
  return path;
}

describe('the credentials of a kubeconfig', () => {
  it('may be a certificate in the text', async () => {
    const server = await serveNode();
    const user = { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) };
    expect(await open({ kubeconfig: kubeconfig(server.url, user) }).get(reference)).toEqual(node);
    expect(server.names).toEqual(['client']);
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('may be a certificate in files beside it, of which data takes the place', async () => {
    const server = await serveNode();
    const path = folder();
    writeFileSync(join(path, 'ca.crt'), authority.certificate);
    // As the kubelet keeps them: both in one file.
    writeFileSync(join(path, 'client.pem'), `${client.certificate}${client.key}`);
    const user = { 'client-certificate': 'client.pem', 'client-key': 'client.pem' };
    const fromFiles = kubeconfig(server.url, user, { 'certificate-authority-data': '', 'certificate-authority': join(path, 'ca.crt') });
    await open({ kubeconfig: fromFiles, file: join(path, 'kubelet.conf') }).get(reference);
    await open({ kubeconfig: kubeconfig(server.url, {}, { 'certificate-authority': '/none' }) }).get(reference);
    expect(server.names).toEqual(['client', undefined]);
  });

  it.each([
    { what: 'a token', user: { token: 'abc' }, header: 'Bearer abc' },
    { what: 'a token in a file, which wins', user: { token: 'abc', tokenFile: 'token' }, header: 'Bearer from-file' },
    { what: 'a name and a password', user: { username: 'me', password: 'p:w' }, header: `Basic ${base64('me:p:w')}` },
  ])('may be $what', async ({ user, header }) => {
    const server = await serveNode();
    const path = folder();
    writeFileSync(join(path, 'token'), 'from-file\n');
    await open({ kubeconfig: kubeconfig(server.url, user), file: join(path, 'config') }).get(reference);
    expect(server.seen[0]?.headers.authorization).toBe(header);
  });

  it('may be those of somebody else', async () => {
    const server = await serveNode();
    await open({ kubeconfig: kubeconfig(server.url, { token: 'abc', as: 'other', 'as-groups': ['one', 'two'] }) }).get(reference);
    expect(server.seen[0]?.headers).toMatchObject({ 'impersonate-user': 'other', 'impersonate-group': 'one, two' });
  });

  it.each([
    ['an absolute path', (path: string) => join(path, 'plugin')],
    ['a path relative to the file', () => './plugin'],
  ])('may come from a plug-in, through the official client, named by %s', async (_, commandIn) => {
    const server = await serveNode();
    const path = folder();
    const plugin = join(path, 'plugin');
    const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'from-plugin' } };
    writeFileSync(plugin, `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`);
    chmodSync(plugin, 0o755);
    const user = { exec: { apiVersion: credential.apiVersion, command: commandIn(path), interactiveMode: 'Never' } };
    expect(await open({ kubeconfig: kubeconfig(server.url, user), file: join(path, 'config') }).get(reference)).toEqual(node);
    expect(server.seen[0]?.headers.authorization).toBe('Bearer from-plugin');
  });

  it.each([
    { what: 'a plug-in that is not there', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/none/plugin' } } },
    {
      what: 'a plug-in that prints nonsense',
      user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'echo', args: ['top-secret'] } },
    },
    { what: 'a file that is not there', user: { tokenFile: '/none/token' }, detail: /ENOENT.*\/none\/token/ },
    {
      what: 'a certificate without PEM',
      user: { 'client-certificate-data': base64('top-secret'), 'client-key-data': base64('top-secret') },
    },
  ])('are not usable with $what, which is said without content', async ({ user, detail = /./ }) => {
    const kube = open({ kubeconfig: kubeconfig('https://127.0.0.1:1', user) });
    const error: unknown = await kube.get(reference).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      problem: {
        code: 'KUBECONFIG_INVALID',
        summary: 'the credentials of the kubeconfig file cannot be used',
        detail: expect.stringMatching(detail),
      },
    });
    expect(JSON.stringify(error)).not.toContain('top-secret');
  });

  it('are not usable with a key of another certificate', async () => {
    const user = { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(serving.key) };
    await expect(open({ kubeconfig: kubeconfig('https://127.0.0.1:1', user) }).get(reference)).rejects.toMatchObject({
      problem: { code: 'KUBECONFIG_INVALID', detail: 'user "it": its client key does not belong to its client certificate' },
    });
  });

  it.each<{ what: string; fields: Fields; detail: RegExp }>([
    {
      what: 'without a key',
      fields: { 'client-certificate-data': 'PEM' },
      detail: /^user "it": it has a client certificate, but no client key/,
    },
    {
      what: 'with a key without content',
      fields: { 'client-certificate-data': 'PEM', 'client-key-data': '' },
      detail: /but no client key/,
    },
    {
      what: 'with an empty file as its key',
      fields: { 'client-certificate-data': 'PEM', 'client-key': 'empty' },
      detail: /but no client key/,
    },
    { what: 'that is a key only', fields: { 'client-key-data': 'PEM', token: 'abc' }, detail: /but no client certificate/ },
    { what: 'in an empty file', fields: { 'client-certificate': 'empty', 'client-key': 'empty' }, detail: /are empty$/ },
  ])('are not usable with a certificate $what, and nothing is sent', async ({ fields, detail }) => {
    const server = await serveNode();
    const path = folder();
    writeFileSync(join(path, 'empty'), '\n');
    const pem: Fields = { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) };
    const user = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value === 'PEM' ? pem[field] : value]));
    const file = join(path, 'admin.conf');
    await expect(open({ kubeconfig: kubeconfig(server.url, user), file }).get(reference)).rejects.toMatchObject({
      problem: {
        code: 'KUBECONFIG_INVALID',
        summary: `the credentials of ${file} cannot be used`,
        detail: expect.stringMatching(detail),
        remedy: `Correct the user "it" in it, or make ${file} again.`,
        where: { file, field: 'users' },
      },
    });
    expect(server.seen).toEqual([]);
  });

  it('are not usable with a key that its YAML tag leaves empty', async () => {
    const text = kubeconfig('https://127.0.0.1:1', { 'client-certificate-data': base64(client.certificate), 'client-key-data': 'KEY' });
    await expect(open({ kubeconfig: text.replace(/"?KEY"?/, '!!binary') }).get(reference)).rejects.toMatchObject({
      problem: { code: 'KUBECONFIG_INVALID', detail: expect.stringContaining('but no client key') },
    });
  });

  it('may be none at all', async () => {
    const server = await serveNode();
    expect(await open({ kubeconfig: kubeconfig(server.url) }).get(reference)).toEqual(node);
    expect(server.names).toEqual([undefined]);
  });

  it('are read again after they could not be used', async () => {
    const server = await serveNode();
    const path = folder();
    const kube = open({ kubeconfig: kubeconfig(server.url, { tokenFile: 'token' }), file: join(path, 'config') });
    await expect(kube.get(reference)).rejects.toMatchObject({ problem: { code: 'KUBECONFIG_INVALID' } });
    writeFileSync(join(path, 'token'), 'late');
    expect(await kube.get(reference)).toEqual(node);
  });
});

describe('the server of a kubeconfig', () => {
  it('can be replaced, and have a path', async () => {
    const server = await serveNode();
    await open({ kubeconfig: kubeconfig('https://192.0.2.1:6443'), server: server.url }).get(reference);
    await open({ kubeconfig: kubeconfig(`${server.url}/clusters/one/`) }).get(reference);
    expect(server.seen.map(({ url }) => url)).toEqual(['/api/v1/nodes/cp1?timeout=10s', '/clusters/one/api/v1/nodes/cp1?timeout=10s']);
  });

  it.each(['http://127.0.0.1:1', 'nonsense', ''])('has to be an https URL, not %j', async (url) => {
    await expect(open({ kubeconfig: kubeconfig(url) }).get(reference)).rejects.toMatchObject({ problem: { code: 'KUBECONFIG_INVALID' } });
  });

  it('is not read on when its answer does not end, is too long or is packed', async () => {
    const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
      'longer than 8388608 bytes': (response) => {
        const write = (): void => {
          while (!response.destroyed && response.write('x'.repeat(1_000_000)));
          if (!response.destroyed) response.once('drain', write);
        };
        write();
      },
      'longer than': (response) => response.writeHead(200, { 'content-length': 1_000_000_000 }).flushHeaders(),
      packed: (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')),
    };
    for (const [why, answer] of Object.entries(answers)) {
      const server = await serve((_, response) => answer(response));
      await expect(open({ kubeconfig: kubeconfig(server.url) }).get(reference)).rejects.toMatchObject({
        problem: { code: 'KUBE_UNREACHABLE', detail: expect.stringContaining(why) },
      });
    }
  });

  it('may stand behind a proxy that the kubeconfig names', async () => {
    const server = await serveNode();
    const asked: string[] = [];
    const ways: Duplex[] = [];
    const proxy = createProxy();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      ways.push(socket);
      const way = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        way.pipe(socket).pipe(way);
      });
    });
    await new Promise<void>((resolve) => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    closers.push(
      () => new Promise((resolve) => proxy.close(resolve)),
      () => {
        for (const way of ways) way.destroy();
      },
    );
    const user = { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) };
    const cluster = { 'proxy-url': `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    expect(await open({ kubeconfig: kubeconfig(server.url, user, cluster) }).get(reference)).toEqual(node);
    expect(asked).toEqual([new URL(server.url).host]);
    expect(server.names).toEqual(['client']);
  });

  it.each([
    {
      what: 'has expired',
      wanted: { days: [-3, -2] as const },
      detail: /has expired \(CERT_HAS_EXPIRED\); the clock of this machine says/,
    },
    {
      what: 'is not valid yet',
      wanted: { days: [2, 3] as const },
      detail: /not valid yet \(CERT_NOT_YET_VALID\); the clock of this machine/,
    },
    { what: 'has other addresses', wanted: { ipAddresses: ['127.0.0.2'] }, detail: /is for other names/ },
  ])('is not trusted when its certificate $what', async ({ wanted, detail }) => {
    const server = await serve(
      (_, response) => void response.end('{}'),
      await authority.issue({ commonName: 'server', ipAddresses: ['127.0.0.1'], ...wanted }),
    );
    await expect(open({ kubeconfig: kubeconfig(server.url) }).get(reference)).rejects.toMatchObject({
      problem: { code: 'KUBE_UNTRUSTED', detail: expect.stringMatching(detail) },
    });
  });

  it('is trusted under another name or without proof when the kubeconfig says so, and not when the environment does', async () => {
    const server = await serveNode();
    const elsewhere = { server: server.url.replace('127.0.0.1', 'localhost') };
    await open({ kubeconfig: kubeconfig(server.url, {}, { 'tls-server-name': 'inside.example' }), ...elsewhere }).get(reference);
    const unproven = { 'certificate-authority-data': '', 'insecure-skip-tls-verify': true };
    await open({ kubeconfig: kubeconfig(server.url, {}, unproven), ...elsewhere }).get(reference);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      await expect(open({ kubeconfig: kubeconfig(server.url), ...elsewhere }).get(reference)).rejects.toMatchObject({
        problem: { code: 'KUBE_UNTRUSTED' },
      });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });
});

describe('a request', () => {
  it('is limited in time here and on the server, except for lists', async () => {
    const paths: (string | undefined)[] = [];
    const server = await serve((request) => void paths.push(request.url));
    const kube = open({ kubeconfig: kubeconfig(server.url), requestTimeoutMs: 50 });
    const unreachable = { problem: { code: 'KUBE_UNREACHABLE', detail: `${server.url}: no answer within 0.05 s` } };
    await expect(kube.create(node)).rejects.toMatchObject(unreachable);
    await expect(kube.list({ apiVersion: 'v1', kind: 'Node', labels: { 'a/b': 'c', d: '' } })).rejects.toMatchObject(unreachable);
    expect(paths).toEqual(['/api/v1/nodes?timeout=0.05s', '/api/v1/nodes?labelSelector=a%2Fb%3Dc%2Cd%3D']);
  });

  it('is limited in time when the answer stops in the middle', async () => {
    const server = await serve((_, response) => void response.write('{'));
    await expect(open({ kubeconfig: kubeconfig(server.url), requestTimeoutMs: 200 }).get(reference)).rejects.toMatchObject({
      problem: { code: 'KUBE_UNREACHABLE', detail: `${server.url}: no answer within 0.2 s` },
    });
  });

  it('says that nothing listens', async () => {
    const server = await serveNode();
    await server.close();
    await expect(open({ kubeconfig: kubeconfig(server.url) }).get(reference)).rejects.toMatchObject({
      problem: { code: 'KUBE_UNREACHABLE', detail: `${server.url}: nothing listens there (ECONNREFUSED)` },
    });
  });

  it('waits as long as a busy server wishes', async () => {
    let requests = 0;
    const bodies: string[] = [];
    const server = await serve((request, response) => {
      void bodyOf(request).then((text) => {
        bodies.push(text);
        requests += 1;
        if (requests === 1) response.writeHead(429, { 'retry-after': '7' });
        return response.end(JSON.stringify(node));
      });
    });
    const pauses: number[] = [];
    const clock = { now: () => Date.now(), sleep: async (ms: number) => void pauses.push(ms) };
    expect(await open({ kubeconfig: kubeconfig(server.url), clock }).create(node)).toEqual(node);
    expect(pauses).toEqual([7000]);
    expect(bodies).toEqual([JSON.stringify(node), JSON.stringify(node)]);
  });

  it('uses the connection of the one before', async () => {
    const sockets = new Set<unknown>();
    const server = await serve((request, response) => {
      sockets.add(request.socket);
      response.end(JSON.stringify(node));
    });
    const kube = open({ kubeconfig: kubeconfig(server.url) });
    for (let count = 0; count < 3; count += 1) await kube.get(reference);
    expect(sockets.size).toBe(1);
  });

  it('asks for an unknown kind only once', async () => {
    const paths: (string | undefined)[] = [];
    const server = await serve((request, response) => {
      paths.push(request.url?.replace(/\?.*/, ''));
      response.end(JSON.stringify({ kind: 'Lease', resources: [{ name: 'leases', kind: 'Lease' }] }));
    });
    const kube = open({ kubeconfig: kubeconfig(server.url) });
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'x', name: 'y' };
    await kube.get(lease);
    await kube.get(lease);
    const object = '/apis/coordination.k8s.io/v1/namespaces/x/leases/y';
    expect(paths).toEqual(['/apis/coordination.k8s.io/v1', object, object]);
    await expect(kube.get({ ...lease, kind: 'Rent' })).rejects.toMatchObject({
      problem: { code: 'KUBE_NOT_FOUND', detail: 'the API server has no objects of kind coordination.k8s.io/v1/Rent' },
    });
  });

  it('keeps fields of objects that this release does not know', async () => {
    const server = await serveNode();
    const read = { ...node, spec: { ofTheFuture: { since: '2030-01-01T00:00:00Z' } } };
    const other = await serve((_, response) => void response.end(JSON.stringify(read)));
    expect(await open({ kubeconfig: kubeconfig(other.url) }).get(reference)).toEqual(read);
    await server.close();
  });
});
