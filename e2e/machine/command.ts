/** Runs programs of this machine for the rig itself. */
import { spawn } from 'node:child_process';

/** Standard output. @throws Error with both outputs, when the program cannot be started or fails */
export async function command(argv: readonly [string, ...string[]], input = ''): Promise<string> {
  const [program, ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${argv.join(' ')} ended with ${signal ?? code}\n${stdout}${stderr}`));
    });
    // A program that reads nothing may be gone before its input.
    child.stdin.once('error', () => {});
    child.stdin.end(input);
  });
}
