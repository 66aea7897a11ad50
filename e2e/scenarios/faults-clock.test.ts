/** A clock that was or is wrong: certificates that are not valid yet, for kubephase itself or for the components. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { configuration } from './configuration.ts';
import { failInit, runInit, shortTimeouts } from './init-run.ts';

/** What a reset has to do: the cluster has never worked, so that nothing in it is of use. */
async function resetByHand(node: Node): Promise<void> {
  const tasks = async (...words: readonly string[]): Promise<string> =>
    succeeded(await node.run(['ctr', '--namespace=k8s.io', 'tasks', ...words]));
  await node.kubelet.stop();
  const names = (await tasks('list', '--quiet')).split('\n').filter((name) => name !== '');
  await Promise.all(names.map((name) => tasks('kill', '--signal=SIGKILL', name)));
  await expect.poll(() => tasks('list'), { timeout: 30_000, interval: 100 }).not.toContain('RUNNING');
  for (const path of ['/etc/kubernetes', '/var/lib/etcd', '/var/lib/kubelet/pki']) {
    succeeded(await node.run(['find', path, '-mindepth', '1', '-delete']));
  }
}

describe('init with a wrong clock', () => {
  let node: Node;
  beforeAll(async () => {
    node = await createNode({ name: 'late' });
    node.files.write('/tmp/init.yaml', configuration(node, { init: { timeouts: shortTimeouts } }));
  });
  afterAll(() => node?.remove());

  it('does nothing with certificates that are not valid yet, and goes on once the clock is right', async () => {
    const makeCertificates = ['kubephase', 'init', 'phase', 'certs', 'all', '--config=/tmp/init.yaml'];
    succeeded(await node.run(makeCertificates));
    const { exitCode, codes, text } = await failInit(node, { clock: '-2h' });
    expect({ exitCode, codes }, text).toEqual({ exitCode: 5, codes: ['CERT_NOT_YET_VALID'] });
    expect(text).toContain('the certificate /etc/kubernetes/pki/ca.crt is not valid yet');
    expect(text).toMatch(/Valid from .* UTC to .* UTC; now it is .* UTC/);
    expect(text).toMatch(/remedy: Set the clock of this machine if it is wrong/);
    succeeded(await node.run(makeCertificates));
    node.files.remove('/etc/kubernetes/pki');
  });

  it('tells that the components take its certificates for not yet valid', async () => {
    const { exitCode, codes, text } = await failInit(node, { clock: '+2h' });
    expect(exitCode, text).toBe(7);
    expect(codes).toContain('CONTROL_PLANE_UNHEALTHY');
    expect(text).toMatch(
      /likely cause: A certificate has expired, or the clock of this machine is wrong \(.*current time \S+ is before \S+/,
    );
    expect(text).toMatch(/remedy: Compare date -u with the times in the line/);
  });

  it('tells with the right clock that the certificates have to be made again', async () => {
    const { exitCode, codes, text } = await failInit(node);
    expect({ exitCode, codes }, text).toEqual({ exitCode: 5, codes: ['CERT_NOT_YET_VALID'] });
    expect(text).toMatch(/If it is right now and was wrong when the certificate was made: reset the node/);
  });

  it('ends well after that', async () => {
    await resetByHand(node);
    node.files.write('/tmp/init.yaml', configuration(node));
    const { exitCode, stderr } = await runInit(node);
    expect(exitCode, stderr).toBe(0);
    // The API server answers its administrator before all that it does at its start has ended.
    await expect.poll(async () => (await node.kubectl('get', '--raw=/healthz')).stdout, { timeout: 30_000, interval: 200 }).toBe('ok');
  });
});
