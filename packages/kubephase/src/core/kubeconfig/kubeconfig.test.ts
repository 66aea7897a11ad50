import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildKubeconfig, currentCluster, currentUser, type KubeconfigParts } from './kubeconfig.ts';
import { parseKubeconfig, printKubeconfig } from './text.ts';

const parts: KubeconfigParts = {
  clusterName: 'kubernetes',
  server: 'https://192.0.2.10:6443',
  caCertificate: 'CA\n',
  userName: 'kubernetes-admin',
  clientCertificate: 'CERT\n',
  clientKey: 'KEY\n',
  preferences: false,
};
const text = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Q0EK
    server: https://192.0.2.10:6443
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
users:
- name: kubernetes-admin
  user:
    client-certificate-data: Q0VSVAo=
    client-key-data: S0VZCg==
`;
const file = '/etc/kubernetes/admin.conf';

describe('a kubeconfig', () => {
  it('is printed byte for byte as kubeadm prints it', () => {
    expect(printKubeconfig(buildKubeconfig(parts))).toBe(text);
  });

  it('has preferences between kind and users in releases that write them', () => {
    const printed = printKubeconfig(buildKubeconfig({ ...parts, preferences: true }));
    expect(printed).toBe(text.replace('kind: Config\n', 'kind: Config\npreferences: {}\n'));
  });

  it('keeps long values on one line', () => {
    const printed = printKubeconfig(buildKubeconfig({ ...parts, clientKey: 'x'.repeat(5000) }));
    expect(printed.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('is parsed back as it was built, for any names', () => {
    const name = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'Z', '0', '-', ':', '.', '_', '@', ' ', 'é', '#') });
    fc.assert(
      fc.property(name, name, fc.string({ unit: 'grapheme' }), (clusterName, userName, clientKey) => {
        const built = buildKubeconfig({ ...parts, clusterName, userName, clientKey });
        expect(parseKubeconfig(printKubeconfig(built), file)).toEqual(built);
      }),
    );
  });

  it('keeps fields that are not known here', () => {
    const strange = text
      .replace('kind: Config', 'extensions:\n- name: x\nkind: Config')
      .replace('    server:', '    proxy-url: http://p\n    server:');
    expect(printKubeconfig(parseKubeconfig(strange, file))).toContain('proxy-url: http://p');
    expect(parseKubeconfig(strange, file)['extensions']).toEqual([{ name: 'x' }]);
  });

  it('may be JSON', () => {
    const built = buildKubeconfig(parts);
    expect(parseKubeconfig(JSON.stringify(built), file)).toEqual(built);
  });

  it('is empty when the file is', () => {
    expect(parseKubeconfig('', file)).toEqual({ clusters: [], contexts: [], users: [], 'current-context': '' });
  });

  it.each([
    ['bad YAML', 'a: [', 'it is not YAML'],
    ['a list', '- a', 'it is not a mapping'],
    ['text', 'hello', 'it is not a mapping'],
    ['clusters that are no list', 'clusters: {}', 'clusters is not a list'],
    ['an entry that is no mapping', 'clusters: [a]', 'clusters.0 is not a mapping'],
    ['an entry without a name', 'clusters:\n- cluster: {}', 'clusters.0 has no name'],
    ['an entry without its content', 'users:\n- name: a', 'users.0 has no mapping user'],
    ['a name that stands twice', 'contexts:\n- {name: a, context: {}}\n- {name: a, context: {}}', 'contexts.1.name stands twice'],
    ['a server that is no text', 'clusters:\n- {name: a, cluster: {server: 1}}', 'clusters.0.cluster.server is not text'],
    ['data that is not base64', 'users:\n- {name: a, user: {client-key-data: "!"}}', 'users.0.user.client-key-data is not base64'],
    ['a current context that is no text', 'current-context: [a]', 'current-context is not text'],
  ])('is refused for %s, with the place', (_, content, detail) => {
    expect(() => parseKubeconfig(content, file)).toThrowError(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'KUBECONFIG_INVALID',
          detail,
          where: expect.objectContaining({ file, line: expect.any(Number) }),
        }),
      }),
    );
  });

  it('never shows its content when it is refused', () => {
    const secret = 'c2VjcmV0IGtleQ';
    for (const content of [`users:\n- {name: a, user: {client-key-data: "${secret}!"}}`, `users: [${secret}`, secret]) {
      try {
        parseKubeconfig(content, file);
        expect.unreachable();
      } catch (error) {
        const { problem } = error as { problem: { summary: string; detail?: string } };
        expect(`${problem.summary} ${problem.detail}`).not.toContain(secret);
      }
    }
  });
});

describe('the current context', () => {
  it('leads to its cluster and its user', () => {
    const kubeconfig = buildKubeconfig(parts);
    expect(currentCluster(kubeconfig, file).server).toBe(parts.server);
    expect(currentUser(kubeconfig, file).name).toBe('kubernetes-admin');
  });

  it.each([
    ['no current context', { 'current-context': '' }, 'it has no current-context'],
    ['a context that is not there', { contexts: [] }, 'its current context "kubernetes-admin@kubernetes" is not in the file'],
    ['a cluster that is not there', { clusters: [] }, 'its current context refers to the cluster "kubernetes", which is not in the file'],
  ])('is refused for %s', (_, change, detail) => {
    const kubeconfig = { ...buildKubeconfig(parts), ...change };
    expect(() => currentCluster(kubeconfig, file)).toThrowError(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'KUBECONFIG_INVALID', detail }) }),
    );
  });

  it('is refused for a user that is not there only when the user is asked for', () => {
    const kubeconfig = { ...buildKubeconfig(parts), users: [] };
    expect(currentCluster(kubeconfig, file).server).toBe(parts.server);
    expect(() => currentUser(kubeconfig, file)).toThrowError(/no usable current context/);
  });
});
