/** `token generate`: prints a random bootstrap token without contacting a cluster. */
import type { Command } from 'commander';
import { ioOf } from 'phaserunner/commander';

export function bindTokenGenerate(command: Command): void {
  command.description('The token is only printed. Give it to `init --token`, or put it into the configuration file.');
  command.action(async () => {
    const [{ randomBytes }, { generateToken }] = await Promise.all([import('node:crypto'), import('../../core/tokens.ts')]);
    ioOf(command).stdout.write(`${generateToken(randomBytes)}\n`);
  });
}
