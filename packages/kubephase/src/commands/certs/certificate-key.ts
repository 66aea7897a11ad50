/** `certs certificate-key`: prints a random key for the encryption of uploaded certificates. */
import type { Command } from 'commander';
import { ioOf } from 'phaserunner/commander';

export function bindCertificateKey(command: Command): void {
  command.description('The key is 32 random bytes as 64 hex digits. Give it to `init --upload-certs --certificate-key`.');
  command.action(async () => {
    const [{ randomBytes }, { newCertificateKey }] = await Promise.all([
      import('node:crypto'),
      import('../../core/upload-certs/certificate-key.ts'),
    ]);
    ioOf(command).stdout.write(`${newCertificateKey(randomBytes)}\n`);
  });
}
