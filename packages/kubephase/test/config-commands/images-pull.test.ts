import { describe, expect, it } from 'vitest';
import { runConfig } from './run.ts';

const version = ['--kubernetes-version', 'v1.36.2'];
const images = [
  'registry.k8s.io/kube-apiserver:v1.36.2',
  'registry.k8s.io/kube-controller-manager:v1.36.2',
  'registry.k8s.io/kube-scheduler:v1.36.2',
  'registry.k8s.io/kube-proxy:v1.36.2',
  'registry.k8s.io/coredns/coredns:v1.14.2',
  'registry.k8s.io/pause:3.10.2',
  'registry.k8s.io/etcd:3.6.8-0',
];

describe('config images pull', () => {
  it('pulls one image after the other, those that are there as well, and prints a line for each', async () => {
    const { code, stdout, stderr, runtime } = await runConfig(['images', 'pull', ...version], { runtime: { images } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(images.map((image) => `[config/images] Pulled ${image}\n`).join(''));
    expect(runtime.pulls).toEqual(images);
  });

  it('stops at the first image that cannot be had after five attempts', async () => {
    const [first = '', second = ''] = images;
    const { code, stdout, stderr, runtime } = await runConfig(['images', 'pull', ...version], {
      runtime: { pulls: { [second]: [{ error: 'not found' }] } },
    });
    expect(stdout).toBe(`[config/images] Pulled ${first}\n`);
    expect(stderr).toContain(second);
    expect(stderr).toContain('not found');
    expect(runtime.pulls).toEqual([first, second, second, second, second, second]);
    expect(code).toBe(6);
  });

  it('names the socket when nobody answers there', async () => {
    const { code, stdout, stderr } = await runConfig(['images', 'pull', ...version], {
      runtime: { unreachable: true, socket: 'unix:///run/none.sock' },
    });
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toContain('unix:///run/none.sock');
    expect(stderr).toContain('remedy: ');
  });

  const file = 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\nnodeRegistration: {criSocket: unix:///file.sock}\n';

  it.each([
    ['the flag', ['--cri-socket', 'unix:///flag.sock', ...version], 'unix:///flag.sock'],
    ['the file', ['--config', '/c.yaml', '--cri-socket', 'unix:///flag.sock'], 'unix:///file.sock'],
    ['the machine', version, 'unix:///var/run/crio/crio.sock'],
  ])('takes the socket from %s', async (_name, words, socket) => {
    const { sockets } = await runConfig(['images', 'pull', ...words], {
      files: { '/c.yaml': file },
      machine: { sockets: ['/var/run/crio/crio.sock'] },
    });
    expect(sockets).toEqual([socket]);
  });

  it('asks which one when several runtimes are there', async () => {
    const { code, stderr, sockets } = await runConfig(['images', 'pull', ...version], {
      machine: { sockets: ['/var/run/crio/crio.sock', '/var/run/containerd/containerd.sock'] },
    });
    expect(code).toBe(3);
    expect(stderr).toContain('unix:///var/run/crio/crio.sock');
    expect(sockets).toEqual([]);
  });
});
