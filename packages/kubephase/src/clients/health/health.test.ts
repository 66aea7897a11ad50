import { generateKeyPairSync } from 'node:crypto';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Action } from 'phaserunner';
import { buildAuthority, buildLeaf } from '../../formats/x509/build.ts';
import { parseCertificate, writeCertificate } from '../../formats/x509/certificate.ts';
import { createDryRunHealthProbes } from '../dry-run.ts';
import { healthCases, type HealthUnderTest } from './health.cases.ts';
import { createMemoryHealthProbes } from './memory.ts';
import { createRealHealthProbes } from './real.ts';
import { recordHealth } from '../recording.ts';

const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map(close)));

/** Starts `server` on a free port and returns the port. */
async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

const answer: RequestListener = (request, response) => {
  response.statusCode = request.url === '/unwell' ? 503 : 200;
  response.end('ok');
};

async function realHealth(): Promise<HealthUnderTest> {
  const port = await listen(createHttpServer(answer));
  const closed = createHttpServer();
  const silentPort = await listen(closed);
  await close(closed);
  const urls = { healthyUrl: `http://127.0.0.1:${port}/healthz`, unwellUrl: `http://127.0.0.1:${port}/unwell` };
  return { probes: createRealHealthProbes(), ...urls, silentUrl: `http://127.0.0.1:${silentPort}/healthz` };
}

const urls = {
  healthyUrl: 'http://127.0.0.1:10248/healthz',
  unwellUrl: 'http://127.0.0.1:1/healthz',
  silentUrl: 'http://127.0.0.1:2/healthz',
};

describe('a health endpoint', () => {
  it('is not read when its answer has no end', async () => {
    let closed: Promise<void> | undefined;
    const server = createHttpServer((_, response) => {
      closed = new Promise((resolve) => {
        response.once('close', () => resolve());
      });
      response.writeHead(200).write('ok');
    });
    const url = `http://127.0.0.1:${await listen(server)}/healthz`;
    expect(await createRealHealthProbes().status({ component: 'kubelet', url, timeoutMs: 600_000 })).toBe(200);
    await closed;
  });
});

healthCases('health endpoints over the network', realHealth);
healthCases('health endpoints in memory', () => ({
  ...urls,
  probes: createMemoryHealthProbes({ [urls.healthyUrl]: 200, [urls.unwellUrl]: 503 }),
}));
healthCases('health endpoints of a dry run', () => ({ ...urls, probes: createDryRunHealthProbes() }), {
  'tells the status of a component that is not well': 'nothing was started, so everything counts as well',
  'fails with component, address and cause when nobody answers': 'nothing was started, so everything counts as well',
});

/** A server certificate for 127.0.0.1 and its CA, in PEM. */
function certificates(): { readonly ca: string; readonly cert: string; readonly key: string } {
  const period = { notBeforeMs: Date.now() - 60_000, notAfterMs: Date.now() + 3_600_000 };
  const template = { commonName: 'test', organizations: [], serialNumber: 1n, ...period, names: { dnsNames: [], ipAddresses: [] } };
  const authorityKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const authority = buildAuthority(template, authorityKey);
  const leaf = buildLeaf(
    {
      ...template,
      commonName: 'server',
      serialNumber: 2n,
      names: { dnsNames: [], ipAddresses: ['127.0.0.1'] },
      extendedKeyUsages: ['serverAuth'],
    },
    key,
    { certificate: parseCertificate(authority), key: authorityKey },
  );
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { ca: writeCertificate(authority), cert: writeCertificate(leaf), key: pem };
}

describe('health endpoints over TLS', () => {
  it('accepts a server whose certificate the CA signed, and refuses another', async () => {
    const { ca, ...own } = certificates();
    const port = await listen(createHttpsServer(own, answer));
    const request = { component: 'kube-apiserver', url: `https://127.0.0.1:${port}/livez`, timeoutMs: 5000 };
    expect(await createRealHealthProbes().status({ ...request, caPem: ca })).toBe(200);
    await expect(createRealHealthProbes().status({ ...request, caPem: certificates().ca })).rejects.toMatchObject({
      problem: { code: 'HEALTH_UNTRUSTED', detail: expect.stringMatching(/certificate|signature/) },
    });
  });

  it('does not look at the certificate when no CA is given', async () => {
    const { cert, key } = certificates();
    const port = await listen(createHttpsServer({ cert, key }, answer));
    const url = `https://127.0.0.1:${port}/healthz`;
    expect(await createRealHealthProbes().status({ component: 'kube-scheduler', url, timeoutMs: 5000 })).toBe(200);
  });
});

describe('a component that accepts the connection and says nothing', () => {
  it('counts as unreachable after the time for one request', async () => {
    const port = await listen(createHttpServer(() => undefined));
    const request = { component: 'kubelet', url: `http://127.0.0.1:${port}/healthz`, timeoutMs: 1 };
    await expect(createRealHealthProbes().status(request)).rejects.toMatchObject({ problem: { detail: 'no answer within 1 ms' } });
  });

  it('is left alone when the run is stopped', async () => {
    const stop = new AbortController();
    const port = await listen(createHttpServer(() => stop.abort()));
    const request = { component: 'kubelet', url: `http://127.0.0.1:${port}/healthz`, timeoutMs: 60_000, signal: stop.signal };
    await expect(createRealHealthProbes().status(request)).rejects.toMatchObject({ problem: { code: 'HEALTH_UNREACHABLE' } });
  });
});

describe('health endpoints in memory', () => {
  it('answer in turn, and the last answer stays', async () => {
    const probes = createMemoryHealthProbes({ [urls.healthyUrl]: ['unreachable', 500, 200] });
    const ask = (): Promise<number> => probes.status({ component: 'kubelet', url: urls.healthyUrl, timeoutMs: 1000 });
    await expect(ask()).rejects.toThrow('kubelet does not answer');
    expect([await ask(), await ask(), await ask()]).toEqual([500, 200, 200]);
    expect(probes.requests).toHaveLength(4);
  });
});

describe('recordHealth', () => {
  it('records each endpoint once, when it is well', async () => {
    const actions: Action[] = [];
    const health = recordHealth(createMemoryHealthProbes({ [urls.healthyUrl]: [503, 200] }), (action) => actions.push(action));
    for (let count = 0; count < 3; count += 1) await health.status({ component: 'kubelet', url: urls.healthyUrl, timeoutMs: 1000 });
    expect(actions).toEqual([
      {
        kind: 'wait-for-health',
        summary: `wait until kubelet is healthy at ${urls.healthyUrl}`,
        component: 'kubelet',
        url: urls.healthyUrl,
      },
    ]);
  });
});
