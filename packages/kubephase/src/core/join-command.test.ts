import { expect, test } from 'vitest';
import { announcement, joinCommand, joinCommandLine, type Announcement, type JoinParts } from './join-command.ts';

const pin = `sha256:${'0'.repeat(64)}`;
const parts: JoinParts = { program: 'kubephase', endpoint: 'cp.example.test:6443', token: 'abcdef.0123456789abcdef', caCertHashes: [pin] };
const start = `kubephase join cp.example.test:6443 --token abcdef.0123456789abcdef`;

const facts: Announcement = {
  parts,
  kubeconfig: '/etc/kubernetes/admin.conf',
  controlPlane: true,
  uploadedCerts: true,
  certificateKey: 'k',
};

test.each([
  ['a worker', undefined, `${start} \\\n\t--discovery-token-ca-cert-hash ${pin} `],
  ['a control plane node', {}, `${start} \\\n\t--discovery-token-ca-cert-hash ${pin} \\\n\t--control-plane `],
  [
    'a control plane node with uploaded certificates',
    { certificateKey: 'k' },
    `${start} \\\n\t--discovery-token-ca-cert-hash ${pin} \\\n\t--control-plane --certificate-key k `,
  ],
])('the command of %s has the exact bytes', (_, role, command) => {
  expect(joinCommand(parts, role)).toBe(command);
});

test('each CA gets a pin, all on one line', () => {
  expect(joinCommand({ ...parts, caCertHashes: ['sha256:a', 'sha256:b'] })).toBe(
    `${start} \\\n\t--discovery-token-ca-cert-hash sha256:a --discovery-token-ca-cert-hash sha256:b `,
  );
});

test('scripts get one line without blanks at its end', () => {
  expect(joinCommandLine(parts)).toBe(`${start} --discovery-token-ca-cert-hash ${pin}`);
  expect(joinCommandLine(parts, { certificateKey: 'k' })).toBe(
    `${start} --discovery-token-ca-cert-hash ${pin} --control-plane --certificate-key k`,
  );
});

test('the announcement starts with an empty line and ends with the worker command', () => {
  const text = announcement(facts);
  expect(text.startsWith('\n')).toBe(true);
  expect(text.endsWith(`\n\n${joinCommand(parts)}\n`)).toBe(true);
});

test('it tells how to use the kubeconfig that was written', () => {
  const text = announcement({ ...facts, kubeconfig: '/srv/admin.conf' });
  expect(text).toContain('  sudo cp -i /srv/admin.conf $HOME/.kube/config\n');
  expect(text).toContain('  export KUBECONFIG=/etc/kubernetes/admin.conf\n');
});

test('with uploaded certificates it warns of the key and tells how to upload again', () => {
  const text = announcement(facts);
  expect(text).toContain(`  ${joinCommand(parts, { certificateKey: 'k' })}\n`);
  expect(text).toContain('kubephase init phase upload-certs --upload-certs');
});

test('without uploaded certificates it tells to copy the files', () => {
  const text = announcement({ ...facts, uploadedCerts: false, certificateKey: undefined });
  expect(text).toContain('copying the CA files');
  expect(text).toContain('\t--control-plane \n');
  expect(text).not.toContain('upload-certs');
});

test('without a control plane endpoint only workers can join', () => {
  expect(announcement({ ...facts, controlPlane: false })).not.toContain('--control-plane');
});
