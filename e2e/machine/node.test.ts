/** What scenarios take for granted about nodes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNode } from './create-node.ts';
import { succeeded, type Node } from './node.ts';

let first: Node;
let second: Node;

beforeAll(async () => {
  [first, second] = await Promise.all([createNode({ name: 'first' }), createNode({ name: 'second', serviceManager: 'none' })]);
});

afterAll(() => Promise.all([first?.remove(), second?.remove()]));

describe('a node', () => {
  it('knows its own name and addresses', async () => {
    expect(succeeded(await first.run(['hostname']))).toBe('first');
    const known = succeeded(await first.run(['getent', 'ahosts', 'first']));
    expect(known).toContain(first.address);
    expect(known).toContain(first.address6);
  });

  it('reaches other nodes over IPv4 and IPv6', async () => {
    for (const [address, family] of [
      [second.address, '4'],
      [`[${second.address6}]`, '6'],
    ] as const) {
      const server = second.spawn(['socat', '-u', `TCP${family}-LISTEN:7000,reuseaddr`, 'STDOUT']);
      const connect = ['socat', '-u', 'STDIN', `TCP${family}:${address}:7000,retry=100,interval=0.05`];
      succeeded(await first.run(connect, { input: 'hello' }));
      expect(succeeded(await server.result)).toBe('hello');
    }
  });

  it('has folders that no other node sees', async () => {
    first.files.write('/etc/kubernetes/mine', 'content');
    expect(succeeded(await first.run(['cat', '/etc/kubernetes/mine']))).toBe('content');
    expect(second.files.exists('/etc/kubernetes/mine')).toBe(false);
    first.files.remove('/etc/kubernetes/mine');
    expect(succeeded(await first.run(['ls', '/etc/kubernetes', '/var/lib/kubelet', '/var/lib/etcd']))).not.toContain('mine');
  });

  it('passes input, environment, output and exit code of programs', async () => {
    const script = 'cat; echo "$WORD" >&2; exit 7';
    const result = await first.run(['sh', '-c', script], { input: 'in', environment: { WORD: 'out' } });
    expect(result).toMatchObject({ exitCode: 7, stdout: 'in', stderr: 'out\n' });
    expect(first.transcript.at(-1)).toEqual(result);
  });

  it('lets signals reach the program itself', async () => {
    const running = first.spawn(['sh', '-c', 'echo started; exec sleep 600']);
    await new Promise<void>((resolve) => running.onOutput(() => resolve()));
    await running.kill('SIGKILL');
    expect((await running.result).exitCode).toBe(137);
    expect((await first.run(['pgrep', '--exact', '--full', 'sleep 600'])).exitCode).not.toBe(0);
  });

  it('ends a program that takes too long', async () => {
    await expect(first.run(['sleep', '600'], { timeoutMs: 300 })).rejects.toThrow('did not end within 300 ms');
  });

  it('shows a program another time', async () => {
    const now = succeeded(await first.run(['date', '+%Y']));
    const then = succeeded(await first.run(['date', '+%Y'], { clock: '+800d' }));
    expect(Number(then) - Number(now)).toBeGreaterThanOrEqual(2);
  });

  it('can have a file system that is full', async () => {
    succeeded(await first.run(['mkdir', '/var/lib/small']));
    await first.limitSpace('/var/lib/small', 65_536);
    const { stderr } = await first.run(['dd', 'if=/dev/zero', 'of=/var/lib/small/file', 'bs=4096', 'count=100']);
    expect(stderr).toContain('No space left on device');
  });
});

describe('the services of a node', () => {
  it('are told and changed by systemctl', async () => {
    expect((await first.run(['systemctl', 'is-active', 'containerd'])).stdout).toBe('active\n');
    expect((await first.run(['systemctl', 'is-active', 'kubelet.service'])).stdout).toBe('activating\n');
    succeeded(await first.run(['systemctl', 'stop', 'kubelet']));
    expect(await first.kubelet.state()).toBe('inactive');
    succeeded(await first.run(['systemctl', 'restart', 'kubelet']));
    expect(await first.kubelet.state()).toBe('activating');
    expect((await first.run(['systemctl', 'status', 'docker'])).exitCode).toBe(4);
  });

  it('start again when the program ends', async () => {
    const program = async (): Promise<string> => succeeded(await first.run(['cat', '/run/e2e/containerd/program']));
    const before = await program();
    succeeded(await first.run(['kill', '-KILL', before]));
    await expect
      .poll(async () => first.files.exists('/run/e2e/containerd/program') && (await program()), { timeout: 30_000 })
      .not.toBe(before);
    expect(succeeded(await first.run(['journalctl', '-u', 'containerd', '-n', '1000']))).toContain('it starts again');
  });

  it('can be stopped and started', async () => {
    await first.containerd.stop();
    expect((await first.run(['ctr', 'version'])).exitCode).not.toBe(0);
    await first.containerd.start();
    succeeded(await first.run(['ctr', 'version']));
  });

  it('run where there is no service manager', async () => {
    expect((await second.run(['sh', '-c', 'command -v systemctl || command -v journalctl'])).exitCode).not.toBe(0);
    expect(await second.containerd.state()).toBe('active');
  });
});
