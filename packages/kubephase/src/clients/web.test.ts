import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket, type Server as TcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeEtcdPki, type EtcdPki } from '../../test/fixtures/etcd-pki.ts';
import { get } from './web.ts';

let pki: EtcdPki;
beforeAll(async () => {
  pki = await makeEtcdPki();
});

const sockets = new Set<Socket>();
const servers: TcpServer[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: TcpServer): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Wants a client certificate. */
function secure(listener: RequestListener): Promise<number> {
  const { certificate: cert, key } = pki.server;
  return listen(createHttpsServer({ ca: pki.ca, cert, key, requestCert: true, rejectUnauthorized: true }, listener));
}

const echo: RequestListener = ({ url }, response) => void response.writeHead(404).end(`no ${url}`);
const usual = { timeoutMs: 5000, environment: {} };

describe('get', () => {
  it('reads status and text over HTTP', async () => {
    const url = new URL(`http://127.0.0.1:${await listen(createHttpServer(echo))}/version`);
    expect(await get({ ...usual, url })).toEqual({ status: 404, body: 'no /version', location: undefined });
  });

  it('shows its certificate to a server that it knows', async () => {
    const url = new URL(`https://127.0.0.1:${await secure(echo)}/version`);
    expect(await get({ ...usual, url, credentials: pki.credentials })).toMatchObject({ status: 404, body: 'no /version' });
    await expect(get({ ...usual, url, credentials: { caPem: pki.ca } })).rejects.toThrow(/certificate|socket|ECONN|EPIPE|TLS/);
    await expect(get({ ...usual, url })).rejects.toThrow(/certificate/);
  });

  it('tells where to look instead', async () => {
    const server = createHttpServer((_, response) => void response.writeHead(302, { location: 'https://cdn.example/x' }).end());
    const url = new URL(`http://127.0.0.1:${await listen(server)}`);
    expect(await get({ ...usual, url })).toMatchObject({ status: 302, location: 'https://cdn.example/x' });
  });

  it('waits no longer than it is told', async () => {
    const url = new URL(`https://127.0.0.1:${await listen(createTcpServer((socket) => void socket.resume()))}`);
    await expect(get({ ...usual, url, timeoutMs: 20 })).rejects.toThrow('no answer within 20 ms');
  });

  it('ends with the run', async () => {
    const stop = new AbortController();
    const server = createHttpServer(() => stop.abort(new Error('stopped by the test')));
    const url = new URL(`http://127.0.0.1:${await listen(server)}`);
    await expect(get({ ...usual, url, signal: stop.signal })).rejects.toThrow('stopped by the test');
    await expect(get({ ...usual, url, signal: stop.signal })).rejects.toThrow('stopped by the test');
  });

  it('takes no answer without end, and none that is packed', async () => {
    const endless = createHttpServer((_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    });
    await expect(get({ ...usual, url: new URL(`http://127.0.0.1:${await listen(endless)}`) })).rejects.toThrow('longer than 65536 bytes');
    const packed = createHttpServer((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')));
    await expect(get({ ...usual, url: new URL(`http://127.0.0.1:${await listen(packed)}`) })).rejects.toThrow('packed');
  });

  it('takes no long answer', async () => {
    const url = new URL(`http://127.0.0.1:${await listen(createHttpServer((_, response) => void response.end('x'.repeat(70_000))))}`);
    await expect(get({ ...usual, url })).rejects.toThrow('the answer is longer than 65536 bytes');
  });
});

describe('get through a proxy', () => {
  const asked: IncomingMessage[] = [];

  /** Connects whatever is asked for to this machine. @param status of its answer */
  async function proxy(status = 200): Promise<string> {
    asked.length = 0;
    const server = createHttpServer().on('connect', (request: IncomingMessage, socket: Socket) => {
      asked.push(request);
      socket.write(`HTTP/1.1 ${status} as the test wants it\r\n\r\n`);
      if (status !== 200) {
        socket.end();
        return;
      }
      const onward = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1').on('error', () => socket.destroy());
      sockets.add(onward);
      onward.pipe(socket).pipe(onward);
    });
    return `127.0.0.1:${await listen(server)}`;
  }

  it('shows the proxy nothing but the name and the credentials meant for it', async () => {
    const port = await secure(echo);
    const environment = { HTTPS_PROXY: `http://alice:s%40cret@${await proxy()}` };
    const url = new URL(`https://localhost:${port}/version`);
    // A name of the certificate that is not the loopback name, which always goes straight.
    url.hostname = 'cp1';
    expect(await get({ ...usual, url, environment, credentials: pki.credentials })).toMatchObject({ body: 'no /version' });
    expect(asked.map(({ url: target }) => target)).toEqual([`cp1:${port}`]);
    expect(asked[0]?.headers['proxy-authorization']).toBe(`Basic ${Buffer.from('alice:s@cret').toString('base64')}`);
  });

  it('goes straight where NO_PROXY says so', async () => {
    const environment = { HTTPS_PROXY: `http://${await proxy()}`, NO_PROXY: 'nowhere.invalid' };
    await expect(get({ ...usual, url: new URL('https://nowhere.invalid'), environment })).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
    expect(asked).toEqual([]);
  });

  it('names the proxy that refuses, without its password', async () => {
    const host = await proxy(407);
    const environment = { HTTPS_PROXY: `http://alice:s3cret@${host}` };
    const answer = get({ ...usual, url: new URL('https://nowhere.invalid'), environment });
    await expect(answer).rejects.toThrow(`the proxy ${host} answered with status 407`);
  });

  it('names the proxy that is not there', async () => {
    const environment = { HTTPS_PROXY: 'http://127.0.0.1:1' };
    const answer = get({ ...usual, url: new URL('https://nowhere.invalid'), environment });
    await expect(answer).rejects.toThrow('the proxy 127.0.0.1:1 cannot be used: connect ECONNREFUSED');
  });
});
