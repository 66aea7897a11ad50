/** Programs that a test starts and ends. */
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

export interface Child {
  /** What it printed last, as far as it helps to see why it does not work. */
  log(): string;
  /** How it ended, or undefined while it runs. */
  ended(): string | undefined;
  /** Asks it to end, and waits until it has. */
  end(): Promise<void>;
}

/** In characters. */
const longestLog = 20_000;

/** Starts a program without the environment of the test. It ends with the test at the latest. */
export function startChild(file: string, args: readonly string[]): Child {
  const child = spawn(file, args, { env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  let fault: Error | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-longestLog);
  });
  child.once('error', (error) => {
    fault = error;
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const over = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const ended = (): string | undefined => {
    if (fault !== undefined) return fault.message;
    return child.exitCode === null && child.signalCode === null ? undefined : `exit code ${child.exitCode}, signal ${child.signalCode}`;
  };
  return {
    log: () => log,
    ended,
    end: async () => {
      if (ended() === undefined) child.kill('SIGTERM');
      await over;
      process.off('exit', kill);
    },
  };
}

/** Ports of loopback that nobody listens on at the moment. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
