/** How the API server's own account of its health is read. */
import type { ServerResponse } from 'node:http';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { createTestAuthority, type IssuedPair, type TestAuthority } from '../../../../test/fixtures/authority.ts';
import { serveHttps } from '../../../../test/fixtures/https-server.ts';
import { createRealKubeApi } from './api.ts';

let authority: TestAuthority;
let serving: IssuedPair;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await createTestAuthority();
  serving = await authority.issue({ commonName: 'server', ipAddresses: ['127.0.0.1'] });
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** What the client makes of an answer, and how often it asked. */
async function ask(answer: (response: ServerResponse) => void): Promise<{ readonly parts: unknown; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = await serveHttps(
    serving,
    (request, response) => {
      asked.push(request.url ?? '');
      answer(response);
    },
    authority.certificate,
  );
  closers.push(() => server.close());
  const cluster = { server: server.url, 'certificate-authority-data': Buffer.from(authority.certificate).toString('base64') };
  const kube = createRealKubeApi({
    kubeconfig: JSON.stringify({
      clusters: [{ name: 'it', cluster }],
      users: [{ name: 'me', user: { token: 'abc' } }],
      contexts: [{ name: 'now', context: { cluster: 'it', user: 'me' } }],
      'current-context': 'now',
    }),
  });
  closers.push(() => kube.close());
  return { parts: await kube.unhealthyParts().catch((error: unknown) => error), asked };
}

it('names what is not well, after one request', async () => {
  const report =
    '[+]ping ok\n[-]poststarthook/rbac/bootstrap-roles failed: reason withheld\n[-]etcd failed: reason withheld\nlivez check failed\n';
  const { parts, asked } = await ask((response) => response.writeHead(500).end(report));
  expect(parts).toEqual(['poststarthook/rbac/bootstrap-roles', 'etcd']);
  expect(asked).toEqual(['/livez?verbose']);
});

it('has nothing to name on a healthy server', async () => {
  expect((await ask((response) => response.end('[+]ping ok\nlivez check passed\n'))).parts).toEqual([]);
});

it('does not take an error without a report for health', async () => {
  expect((await ask((response) => response.writeHead(500).end('broken'))).parts).toEqual(['livez']);
});

it('tells when the credentials do not allow to ask', async () => {
  const status = { kind: 'Status', status: 'Failure', reason: 'Forbidden', message: 'no', code: 403 };
  const { parts } = await ask((response) => response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify(status)));
  expect(parts).toMatchObject({ problem: { code: 'KUBE_FORBIDDEN', summary: 'cannot get /livez' } });
});
