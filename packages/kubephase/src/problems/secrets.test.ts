import { expect, it } from 'vitest';
import { maskBootstrapTokens, maskMessage, maskSecrets } from './secrets.ts';

const base64 = 'MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MaWTbc1Fj2kQ1+aB';

it.each([
  ['a bootstrap token', 'token=abcdef.0123456789abcdef!', 'token=<masked token>!'],
  ['a key over several lines', `a\n-----BEGIN RSA PRIVATE KEY-----\n${base64}\n-----END RSA PRIVATE KEY-----\nb`, 'a\n<masked PEM>\nb'],
  ['a key on one line', `x "-----BEGIN EC PRIVATE KEY-----\\n${base64}\\n-----END EC PRIVATE KEY-----\\n" y`, 'x "<masked PEM>\\n" y'],
  ['a key without its end', `x -----BEGIN PRIVATE KEY-----\n${base64}`, 'x <masked PEM>'],
  ['a key without its first line', `${base64}\nx`, '<masked>\nx'],
  ['a token of a service account', 'got eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2ln-x_y now', 'got <masked token> now'],
  ['a header', 'Authorization: Bearer c2VjcmV0LXRva2Vu==', 'Authorization: Bearer <masked>'],
  ['a short password in a header', 'authorization: basic YTpi', 'authorization: basic <masked>'],
  ['a password in a URL', 'proxy http://me:secret@192.0.2.1:3128/', 'proxy http://<masked>@192.0.2.1:3128/'],
])('%s is masked', (_, text, expected) => {
  expect(maskSecrets(text)).toBe(expected);
});

it.each([
  'pulled sha256:3f1c0b5f2c7f3b8a0f6d0c7f0a3c5b1e9d8c7b6a5f4e3d2c1b0a9f8e7d6c5b4a',
  '3f1c0b5f2c7f3b8a0f6d0c7f0a3c5b1e9d8c7b6a5f4e3d2c1b0a9f8e7d6c5b4a',
  'https://192.0.2.10:6443/livez: connect ECONNREFUSED',
  'open /etc/kubernetes/pki/apiserver.key: permission denied',
  'Basic authentication and bearer tokens are off',
  'kube-system.kube-apiserver-cp1',
])('%j is kept', (text) => {
  expect(maskSecrets(text)).toBe(text);
});

it('tokens are found wherever they stand', () => {
  expect(maskBootstrapTokens('abcdef.0123456789abcdef,ghijkl.0123456789abcdef')).toBe('<masked token>,<masked token>');
});

const digits = '3f1c0b5f2c7f3b8a0f6d0c7f0a3c5b1e9d8c7b6a5f4e3d2c1b0a9f8e7d6c5b4a';

it.each([digits, `--certificate-key ${digits}`, `--certificate-key=${digits}`, `invalid argument "${digits}" for`])(
  'the key of uploaded certificates is masked in %j',
  (text) => {
    expect(maskMessage(text)).toBe(text.replace(digits, '<masked key>'));
  },
);

it.each([
  `pulled registry.k8s.io/pause@sha256:${digits}`,
  `--discovery-token-ca-cert-hash sha256:${digits}`,
  `containerd://${digits}`,
  `"RemoveContainer" containerID="${digits}"`,
  `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${digits}/log.json`,
  `${digits}0`,
])('a digest or the ID of a container is kept: %j', (text) => {
  expect(maskMessage(text)).toBe(text);
});

it('long texts take no long time', () => {
  for (const part of ['a', ' ', 'id: ', '0123456789abcdef', '-----BEGIN A-----', '://a:', 'eyJ.']) {
    const text = part.repeat(100_000 / part.length);
    expect(maskMessage(text).length).toBeLessThanOrEqual(text.length);
  }
});
