/** The client of the Kubernetes API on both runtimes: mutual TLS, its faults, and a process that ends by itself. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildKubeconfig } from '../../src/core/kubeconfig/kubeconfig.ts';
import { printKubeconfig } from '../../src/core/kubeconfig/text.ts';
import { createTestAuthority } from '../fixtures/authority.ts';
import { bodyOf, serveHttps, type HttpsServer } from '../fixtures/https-server.ts';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bun = fromHere('../../../../node_modules/.bin/bun');
/** Says where the sources of the packages are. */
const testConfig = fromHere('../../../../tsconfig.test.json');
const source = fromHere('../../src/clients/kube/real/api.ts');
const built = fromHere('../../dist/src/clients/kube/real/api.js');

const runtimes = [
  { name: 'Bun', file: bun, options: [`--tsconfig-override=${testConfig}`, '-e'], module: source, needs: bun },
  { name: 'Node.js', file: process.execPath, options: ['--input-type=module', '-e'], module: built, needs: built },
];

/** Prints the answers, or the codes of the problems. Closes nothing: kept connections must not hold the process. */
function script(module: string, kubeconfigs: Readonly<Record<'right' | 'foreign' | 'wordless', string>>, nowhere: string): string {
  return `
const { createRealKubeApi } = await import(${JSON.stringify(module)});
const { right, foreign, wordless } = ${JSON.stringify(kubeconfigs)};
const answers = [];
const ask = async (call) => answers.push((await call.catch(({ problem }) => [problem.code, problem.detail])) ?? null);
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1' } };
const reference = { apiVersion: 'v1', kind: 'Node', name: 'cp1' };
const kube = createRealKubeApi({ kubeconfig: right });
await ask(kube.create(node));
await ask(kube.get(reference));
await ask(createRealKubeApi({ kubeconfig: wordless }).get(reference));
await ask(createRealKubeApi({ kubeconfig: foreign }).get(reference));
await ask(createRealKubeApi({ kubeconfig: right, server: ${JSON.stringify(nowhere)} }).get(reference));
await ask(createRealKubeApi({ kubeconfig: right, requestTimeoutMs: 300 }).get({ ...reference, name: 'silent' }));
console.log(JSON.stringify(answers));
`;
}

describe('the client of the Kubernetes API', () => {
  let server: HttpsServer;
  let kubeconfigs: Parameters<typeof script>[1];

  beforeAll(async () => {
    const [authority, other] = await Promise.all([createTestAuthority('one'), createTestAuthority('other')]);
    const serving = await authority.issue({ commonName: 'server', ipAddresses: ['127.0.0.1'] });
    const client = await authority.issue({ commonName: 'client' });
    const stranger = await other.issue({ commonName: 'stranger' });
    server = await serveHttps(
      serving,
      (request, response) => {
        if (request.url?.includes('silent') === true) return;
        const { authorized } = request.socket as TLSSocket;
        void bodyOf(request).then((text) => response.writeHead(authorized ? 200 : 401).end(text || '{"asked":true}'));
      },
      authority.certificate,
    );
    const text = (caCertificate: string, { certificate, key } = client): string => {
      const parts = { clusterName: 'it', userName: 'it', server: server.url, preferences: false };
      return printKubeconfig(buildKubeconfig({ ...parts, caCertificate, clientCertificate: certificate, clientKey: key }));
    };
    kubeconfigs = { right: text(authority.certificate), foreign: text(other.certificate), wordless: text(authority.certificate, stranger) };
  });
  afterAll(() => server.close());

  it.for(runtimes)('answers and fails alike on $name', async ({ file, options, module, needs }, context) => {
    if (!existsSync(needs)) context.skip(`${needs} is not there`);
    const nowhere = 'https://127.0.0.1:1';
    const { stdout } = await promisify(execFile)(file, [...options, script(module, kubeconfigs, nowhere)], { timeout: 30_000 });
    expect(JSON.parse(stdout)).toEqual([
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1' } },
      { asked: true },
      ['KUBE_UNAUTHORIZED', '{"asked":true}'],
      ['KUBE_UNTRUSTED', expect.stringMatching(/not from the authority in the kubeconfig file/)],
      ['KUBE_UNREACHABLE', `${nowhere}: nothing listens there (ECONNREFUSED)`],
      ['KUBE_UNREACHABLE', `${server.url}: no answer within 0.3 s`],
    ]);
  });
});
