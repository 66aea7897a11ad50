/** Disks that are full and a kubelet that cannot start. Each fault is mended before the next one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { configuration, type Changes } from './configuration.ts';
import { failInit, runInit, shortTimeouts } from './init-run.ts';

const kibibyte = 1024;

function withoutEnding(ending: string, files: readonly string[]): readonly string[] {
  return files.map((file) => file.slice(0, -ending.length)).sort();
}

describe('init with full disks and broken kubelets', () => {
  let node: Node;
  const configure = (changes: Changes = {}): void =>
    node.files.write('/tmp/init.yaml', configuration(node, { ...changes, init: { timeouts: shortTimeouts, ...changes.init } }));
  const makeRoom = async (path: string): Promise<void> => void succeeded(await node.run(['mount', '-o', 'remount,size=1G', path]));
  const filesBelow = async (path: string, ...tests: readonly string[]): Promise<readonly string[]> =>
    succeeded(await node.run(['find', path, '-type', 'f', ...tests]))
      .split('\n')
      .filter((file) => file !== '');
  beforeAll(async () => {
    node = await createNode({ name: 'full' });
    configure();
  });
  afterAll(() => node?.remove());

  it('leaves no half of a file and no half of a pair on a full disk', async () => {
    await node.limitSpace('/etc/kubernetes', 64 * kibibyte);
    const { exitCode, codes, text } = await failInit(node);
    expect({ exitCode, codes }, text).toEqual({ exitCode: 5, codes: ['FILE_NO_SPACE'] });
    expect(text).toMatch(/cannot write \/etc\/kubernetes\/pki\//);
    expect(text).toMatch(/remedy: Make room on that file system/);
    expect(await filesBelow('/etc/kubernetes', '-size', '0')).toEqual([]);
    expect(await filesBelow('/etc/kubernetes', '-name', '*kubephase-new*')).toEqual([]);
    const certificates = await filesBelow('/etc/kubernetes/pki', '-name', '*.crt');
    expect(certificates.length).toBeGreaterThan(0);
    expect(withoutEnding('.key', await filesBelow('/etc/kubernetes/pki', '-name', '*.key'))).toEqual(withoutEnding('.crt', certificates));
    await makeRoom('/etc/kubernetes');
  });

  it('names the flag that the kubelet does not know', async () => {
    const nodeRegistration = {
      criSocket: 'unix:///run/containerd/containerd.sock',
      kubeletExtraArgs: [{ name: 'no-such-flag', value: '1' }],
    };
    configure({ init: { nodeRegistration } });
    const { exitCode, codes, text } = await failInit(node);
    expect({ exitCode, codes }, text).toEqual({ exitCode: 7, codes: ['KUBELET_UNHEALTHY'] });
    expect(text).toMatch(/likely cause: It was started with a flag.* \(.*unknown flag: --no-such-flag\)/);
    expect(text).toMatch(/remedy: Correct extraArgs or kubeletExtraArgs/);
  });

  it('tells that the cgroup driver of the kubelet does not fit', async () => {
    configure({ kubelet: { cgroupDriver: 'systemd' } });
    const { exitCode, codes, text } = await failInit(node);
    expect(exitCode, text).toBe(7);
    expect(codes).toContain('CONTROL_PLANE_UNHEALTHY');
    expect(text).toMatch(/likely cause: The kubelet and the container runtime do not use the same cgroup driver/);
    expect(text).toMatch(/remedy: Set cgroupDriver in a KubeletConfiguration/);
  });

  it('tells that etcd has no room', async () => {
    configure();
    await node.limitSpace('/var/lib/etcd', 1024 * kibibyte);
    const { exitCode, codes, text } = await failInit(node);
    await makeRoom('/var/lib/etcd');
    expect({ exitCode, codes }, text).toEqual({ exitCode: 7, codes: ['CONTROL_PLANE_UNHEALTHY'] });
    expect(text).toMatch(/etcd: its container .*ended with exit code/);
    expect(text).toMatch(/likely cause: A file system is full \(.*no space left on device\)/);
    expect(text).toMatch(/remedy: Find it with df -h and make room, in \/var\/lib\/etcd/);
  });

  it('ends well once all is mended, with a configuration that gives more time', async () => {
    node.files.write('/tmp/init.yaml', configuration(node));
    const { exitCode, stderr } = await runInit(node);
    expect(exitCode, stderr).toBe(0);
  });

  controlPlaneCases(() => node);
});
