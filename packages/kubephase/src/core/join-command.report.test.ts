import { expect, test } from 'vitest';
import { joinReport, type JoinFacts } from './join-command.ts';

const facts: JoinFacts = {
  program: 'kubephase',
  endpoint: 'cp.example.test:6443',
  caCertHashes: ['sha256:00'],
  kubeconfig: '/etc/kubernetes/admin.conf',
  controlPlane: true,
  uploadedCerts: true,
  certificateKey: 'the-key',
  hideToken: false,
  hideCertificateKey: false,
};
const token = 'abcdef.0123456789abcdef';

test('the data holds the commands on one line and their parts', () => {
  expect(joinReport(facts, token).data).toEqual({
    endpoint: 'cp.example.test:6443',
    token,
    caCertHashes: ['sha256:00'],
    worker: `kubephase join cp.example.test:6443 --token ${token} --discovery-token-ca-cert-hash sha256:00`,
    controlPlane: `kubephase join cp.example.test:6443 --token ${token} --discovery-token-ca-cert-hash sha256:00 --control-plane --certificate-key the-key`,
    certificateKey: 'the-key',
  });
});

test('without a control plane endpoint there is no command for it', () => {
  expect(joinReport({ ...facts, controlPlane: false }, token).data).not.toHaveProperty('controlPlane');
});

test('a configured key is in the command although nothing was uploaded', () => {
  const { text } = joinReport({ ...facts, uploadedCerts: false }, token);
  expect(text).toContain('--control-plane --certificate-key the-key');
});

test.each([
  ['token', { hideToken: true }, token, '--token <value withheld>'],
  ['certificate key', { hideCertificateKey: true }, 'the-key', '--certificate-key <value withheld>'],
])('a %s that is not to be printed is nowhere', (...[, hidden, secret, placeholder]) => {
  const { text, data } = joinReport({ ...facts, ...hidden }, token);
  expect(text).toContain(placeholder);
  expect(text + JSON.stringify(data)).not.toContain(secret);
});

test('a key that does not exist is not withheld but absent', () => {
  const { text, data } = joinReport({ ...facts, certificateKey: undefined, hideCertificateKey: true }, token);
  expect(text + JSON.stringify(data)).not.toContain('certificate-key ');
  expect(data).not.toHaveProperty('certificateKey');
});
