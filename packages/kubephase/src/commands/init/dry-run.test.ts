import { expect, test } from 'vitest';
import { runCommandLine } from '../../../test/fixtures/command-line.ts';
import { readyMachine } from '../../../test/fixtures/machine-files.ts';

const config = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration: {name: cp1}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ECDSA-P256
`;

const init = (...words: readonly string[]) =>
  runCommandLine(['init', ...words, '--config', '/c.yaml'], {
    machine: { ...readyMachine, files: { ...readyMachine.files, '/c.yaml': config } },
  });

test('a dry run says of nothing that it is done', async () => {
  const { code, stdout } = await init('--dry-run', '--upload-certs');
  expect(code).toBe(0);
  const told = stdout.split('\n').filter((line) => /^\[[a-z/-]+\] /.test(line));
  expect(told.length).toBeGreaterThan(50);
  const claims =
    /\] (made|pulled|pulling|completed|restarting|storing|waiting|labelling|tainting|allowing|pointing)\b|is healthy$|applied the add-on/;
  expect(told.filter((line) => claims.test(line) && !line.includes('] would '))).toEqual([]);
});

test('a dry run counts the folders that would come with the files', async () => {
  const { stdout } = await init('phase', 'certs', 'all', '--dry-run');
  expect(stdout).toMatch(/\n[1-9]\d* new folders, 22 files\n/);
});
