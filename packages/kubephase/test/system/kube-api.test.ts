/** The client of the Kubernetes API against a real API server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeCases } from '../../src/clients/kube/kube.cases.ts';
import { createRealKubeApi, type RealKubeApi, type RealKubeOptions } from '../../src/clients/kube/real/api.ts';
import { waitFor } from '../../src/operations/wait.ts';
import { bootstrapAdmin } from '../../src/operations/admin.ts';
import { createTestAuthority, type Wanted } from '../fixtures/authority.ts';
import { apiServerMissing, startApiServer, type ApiServer } from './kube-apiserver.ts';

const title = apiServerMissing === undefined ? 'an API server' : `an API server (${apiServerMissing})`;
const masters: Wanted = { commonName: 'super', organizations: ['system:masters'] };
const someNode = { apiVersion: 'v1', kind: 'Node', name: 'cp1' } as const;

describe.skipIf(apiServerMissing !== undefined)(title, () => {
  let server: ApiServer;
  let kubeconfig: string;
  const opened: RealKubeApi[] = [];

  const open = (options: Partial<RealKubeOptions> = {}): RealKubeApi => {
    const kube = createRealKubeApi({ kubeconfig, ...options });
    opened.push(kube);
    return kube;
  };
  const openAs = async (wanted: Wanted): Promise<RealKubeApi> => open({ kubeconfig: await server.kubeconfigFor(wanted) });

  beforeAll(async () => {
    server = await startApiServer();
    kubeconfig = await server.kubeconfigFor(masters);
  });

  afterAll(async () => {
    for (const kube of opened) kube.close();
    await server?.remove();
  });

  kubeCases('as a Kubernetes API', () => open());

  it('asks the server for the resource of a kind that it does not know, once', async () => {
    const kube = open();
    const leases = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'kube-system' } as const;
    const name = 'asked';
    await kube.create({ ...leases, metadata: { namespace: leases.namespace, name }, spec: { holderIdentity: 'test' } });
    expect(await kube.get({ ...leases, name })).toMatchObject({ spec: { holderIdentity: 'test' } });
    await expect(kube.get({ ...leases, kind: 'Rent', name })).rejects.toMatchObject({ problem: { code: 'KUBE_NOT_FOUND' } });
  });

  it('tells a missing object from a missing namespace and from a missing resource', async () => {
    const kube = open();
    const inNowhere = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'nowhere', name: 'any' } } as const;
    expect(await kube.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'nowhere', name: 'any' })).toBeUndefined();
    await expect(kube.create(inNowhere)).rejects.toMatchObject({
      problem: { code: 'KUBE_NOT_FOUND', detail: expect.stringContaining('nowhere') },
    });
    await expect(kube.get({ apiVersion: 'none.example/v1', kind: 'None', name: 'any' })).rejects.toMatchObject({
      problem: { code: 'KUBE_NOT_FOUND', summary: 'cannot get None any' },
    });
  });

  it('names the fields of an object that the server refuses', async () => {
    const bad = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'kube-system', name: 'Not A Name' } } as const;
    await expect(open().create(bad)).rejects.toMatchObject({
      problem: { code: 'KUBE_INVALID', detail: expect.stringContaining('metadata.name') },
    });
  });

  it('keeps the values of a Secret out of the problem when the server quotes them', async () => {
    const value = 'dG9wLXNlY3JldA==';
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'kube-system', name: 'secret' } } as const;
    const refused = await open()
      .create({ ...secret, data: value })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ problem: { code: 'KUBE_INVALID' } });
    expect(JSON.stringify(refused)).not.toContain(value);
    const invalid = await open()
      .create({ ...secret, type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': value } })
      .catch((error: unknown) => error);
    expect(invalid).toMatchObject({ problem: { code: 'KUBE_INVALID', detail: 'Invalid data[.dockerconfigjson]' } });
  });

  it('is refused what its user may not do', async () => {
    const kube = await openAs({ commonName: 'nobody' });
    await expect(kube.get(someNode)).rejects.toMatchObject({
      problem: { code: 'KUBE_FORBIDDEN', detail: expect.stringContaining('User "nobody" cannot get resource "nodes"') },
    });
  });

  it.each([
    { what: 'has expired', days: [-2, -1] as const, note: /the client certificate of late expired at .*, the clock of this machine says/ },
    { what: 'is not valid yet', days: [1, 2] as const, note: /the client certificate of late is not valid before/ },
  ])('is refused with a certificate that $what', async ({ days, note }) => {
    const kube = await openAs({ ...masters, commonName: 'late', days });
    await expect(kube.get(someNode)).rejects.toMatchObject({ problem: { code: 'KUBE_UNAUTHORIZED', detail: expect.stringMatching(note) } });
  });

  it('is refused with a certificate of another cluster', async () => {
    const other = await createTestAuthority('kubernetes');
    const { certificate, key } = await other.issue(masters);
    const foreign = kubeconfig
      .replace(/client-certificate-data: .*/, `client-certificate-data: ${Buffer.from(certificate).toString('base64')}`)
      .replace(/client-key-data: .*/, `client-key-data: ${Buffer.from(key).toString('base64')}`);
    await expect(open({ kubeconfig: foreign }).get(someNode)).rejects.toMatchObject({ problem: { code: 'KUBE_UNAUTHORIZED' } });
  });

  it('does not trust a server of another authority', async () => {
    const other = await createTestAuthority('kubernetes');
    const data = Buffer.from(other.certificate).toString('base64');
    const foreign = kubeconfig.replace(/certificate-authority-data: .*/, `certificate-authority-data: ${data}`);
    await expect(open({ kubeconfig: foreign }).get(someNode)).rejects.toMatchObject({
      problem: { code: 'KUBE_UNTRUSTED', detail: expect.stringMatching(/not from the authority in the kubeconfig file/) },
    });
  });

  it('does not trust a server under a name that its certificate lacks', async () => {
    const elsewhere = server.url.replace('127.0.0.1', 'localhost');
    await expect(open({ server: elsewhere }).get(someNode)).rejects.toMatchObject({
      problem: { code: 'KUBE_UNTRUSTED', detail: `${elsewhere}: its certificate is for other names (ERR_TLS_CERT_ALTNAME_INVALID)` },
    });
  });

  it('binds the administrator with the credentials of the super administrator, and again by itself', async () => {
    const admin = await openAs({ commonName: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'] });
    const window = { admin, windowMs: 10_000 };
    await expect(bootstrapAdmin({ ...window, superAdmin: undefined })).rejects.toMatchObject({ problem: { code: 'SUPER_ADMIN_MISSING' } });
    await bootstrapAdmin({ ...window, superAdmin: open() });
    // The server reads its own rules with a delay.
    await waitFor({ name: 'the rights', deadlineMs: 10_000, intervalMs: 50, probe: async () => void (await admin.get(someNode)) });
    await bootstrapAdmin({ ...window, superAdmin: undefined });
  });
});
