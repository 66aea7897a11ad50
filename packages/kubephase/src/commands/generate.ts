/** `certs certificate-key` and `token generate`: print what is random, without contacting a cluster. */
import type { Command } from 'commander';
import { ioOf } from 'phaserunner/commander';

export function bindCertificateKey(command: Command): void {
  command.description('The key is 32 random bytes as 64 hex digits. Give it to `init --upload-certs --certificate-key`.');
  command.action(async () => {
    const [{ randomBytes }, { newCertificateKey }] = await Promise.all([import('node:crypto'), import('../core/upload-certs.ts')]);
    ioOf(command).stdout.write(`${newCertificateKey(randomBytes)}\n`);
  });
}

export function bindTokenGenerate(command: Command): void {
  command.description('The token is only printed. Give it to `init --token`, or put it into the configuration file.');
  command.action(async () => {
    const [{ randomBytes }, { generateToken }] = await Promise.all([import('node:crypto'), import('../formats/bootstrap-token.ts')]);
    ioOf(command).stdout.write(`${generateToken(randomBytes)}\n`);
  });
}
