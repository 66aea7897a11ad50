/** A control plane that never has the key of its authority: somebody else signed all that it needs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { configuration } from './configuration.ts';

const certificates = '/etc/kubernetes/pki';

const subject = '/O=Elsewhere/CN=Authority of elsewhere';
const keyUsage = 'keyUsage=critical,keyCertSign,cRLSign,digitalSignature';
const files = `-keyout ${certificates}/ca.key -out ${certificates}/ca.crt`;
const makeAuthority = `openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '${subject}' -addext ${keyUsage} ${files}`;

describe('init with an external authority', () => {
  let node: Node;
  const init = (...words: readonly string[]): ReturnType<Node['kubephase']> => node.kubephase('init', ...words, '--config=/tmp/init.yaml');

  beforeAll(async () => {
    node = await createNode({ name: 'external-ca' });
    node.files.write('/tmp/init.yaml', configuration(node));
    succeeded(await node.run(['mkdir', '-p', certificates]));
    succeeded(await node.run(['sh', '-c', makeAuthority]));
    succeeded(await node.run(['chmod', '0600', `${certificates}/ca.key`]));
    succeeded(await init('phase', '--only=certs,kubeconfig'));
    node.files.remove(`${certificates}/ca.key`);
    succeeded(await init('--ignore-preflight-errors=ImagePull'));
  });
  afterAll(() => node?.remove());

  it('leaves the folder of certificates without the key', () => {
    expect(node.files.exists(`${certificates}/ca.key`)).toBe(false);
  });

  it('gives the controller manager nothing to sign with', () => {
    const command = node.files.read('/etc/kubernetes/manifests/kube-controller-manager.yaml');
    expect(command).toMatch(/ --cluster-signing-cert-file=\n/);
    expect(command).toMatch(/ --cluster-signing-key-file=\n/);
  });

  it('has the API server serve with a certificate from elsewhere', async () => {
    const words = ['s_client', '-connect', `${node.address}:6443`, '-CAfile', `${certificates}/ca.crt`, '-verify_return_error'];
    const { exitCode, stdout } = await node.run(['openssl', ...words]);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/issuer=.*Authority of elsewhere/);
  });

  it('has the kubelet present what the authority signed', async () => {
    const file = '/var/lib/kubelet/pki/kubelet-client-current.pem';
    expect(node.files.read('/etc/kubernetes/kubelet.conf')).toContain(`client-certificate: ${file}\n`);
    const told = succeeded(await node.run(['openssl', 'x509', '-in', file, '-noout', '-subject', '-issuer']));
    expect(told).toBe(`subject=O = system:nodes, CN = system:node:${node.name}\nissuer=O = Elsewhere, CN = Authority of elsewhere`);
  });

  it('does not lend what it does not have', async () => {
    const { exitCode, stderr } = await init('phase', 'upload-certs', '--upload-certs');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('ca.key');
  });

  controlPlaneCases(() => node);
});
