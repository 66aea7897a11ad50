/** What the machine lacks or what is in the way, before and while the control plane comes up. Each fault is mended before the next one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import type { Node } from '../machine/node.ts';
import { configuration } from './configuration.ts';
import { holdPort } from './held-port.ts';
import { hideImage } from './hidden-image.ts';
import { failInit, failureOf, runInit, shortTimeouts, startInit } from './init-run.ts';

describe('init on a machine with faults', () => {
  let node: Node;
  beforeAll(async () => {
    node = await createNode({ name: 'faulty' });
    node.files.write('/tmp/init.yaml', configuration(node, { init: { timeouts: shortTimeouts } }));
  });
  afterAll(() => node?.remove());

  describe('before anything is written', () => {
    afterAll(() => expect(node.files.exists('/etc/kubernetes/pki')).toBe(false));

    it('names the container runtime that does not run', async () => {
      await node.containerd.stop();
      const { exitCode, codes, text } = await failInit(node);
      await node.containerd.start();
      expect({ exitCode, codes }, text).toEqual({ exitCode: 4, codes: ['PREFLIGHT_FAILED'] });
      expect(text).toMatch(/\[ERROR CRI\]: .* does not answer at unix:\/\/\/run\/containerd\/containerd\.sock/);
      expect(text).toMatch(/remedy: Start the container runtime/);
    });

    it('names the process that has the port of the API server', async () => {
      const { pid, release } = await holdPort(node, 6443);
      const { exitCode, codes, text } = await failInit(node);
      await release();
      expect({ exitCode, codes }, text).toEqual({ exitCode: 4, codes: ['PREFLIGHT_FAILED'] });
      expect(text).toContain(`[ERROR Port-6443]: port 6443 is in use by perl (process ${pid})`);
      expect(text).toMatch(/remedy: Stop perl/);
    });

    it('does not touch data of an etcd that it does not know', async () => {
      node.files.write('/var/lib/etcd/member/snap/db', 'of somebody');
      const { exitCode, codes, text } = await failInit(node);
      expect({ exitCode, codes }, text).toEqual({ exitCode: 4, codes: ['PREFLIGHT_FAILED'] });
      expect(text).toContain('[ERROR DirAvailable--var-lib-etcd]: /var/lib/etcd is not empty');
      expect(node.files.read('/var/lib/etcd/member/snap/db')).toBe('of somebody');
      node.files.remove('/var/lib/etcd/member');
    });
  });

  describe('while the control plane is waited for', () => {
    it('tells soon which image cannot be pulled', async () => {
      const { name, bringBack } = await hideImage(node, 'kube-apiserver');
      const { exitCode, codes, text, messages } = await failInit(node);
      await bringBack();
      expect({ exitCode, codes }, text).toEqual({ exitCode: 7, codes: ['CONTROL_PLANE_UNHEALTHY'] });
      expect(messages.find((message) => message.startsWith('still waiting for') && message.includes(`${name} is not there`))).toBeDefined();
      expect(text).toContain(`its image ${name} is not there`);
      expect(text).toMatch(/likely cause: An image cannot be pulled/);
      expect(text).toMatch(/remedy: See whether this machine reaches the registry/);
    });

    it('tells that the API server does not get its port', async () => {
      const { release } = await holdPort(node, 6443);
      const { exitCode, codes, text } = await failInit(node, { ignore: ['ImagePull', 'Port-6443'] });
      await release();
      expect({ exitCode, codes }, text).toEqual({ exitCode: 7, codes: ['CONTROL_PLANE_UNHEALTHY'] });
      expect(text).toMatch(/kube-apiserver: its container ended with exit code 1/);
      expect(text).toMatch(
        /likely cause: Another process has the port that it needs \(.*listen tcp 0\.0\.0\.0:6443: bind: address already in use\)/,
      );
      expect(text).toMatch(/remedy: Find that process with ss -ltnp/);
    });

    it('tells that the container runtime has gone', async () => {
      const init = startInit(node);
      await init.event((event) => event.type === 'phase-start' && event.path === 'wait-control-plane');
      await node.containerd.stop();
      const { exitCode, codes, text } = failureOf(await init.outcome);
      await node.containerd.start();
      expect({ exitCode, codes }, text).toEqual({ exitCode: 7, codes: ['KUBELET_UNHEALTHY'] });
      expect(text).toMatch(/likely cause: The container runtime does not answer \(.*containerd\.sock/);
      expect(text).toMatch(/remedy: Start it \(systemctl restart containerd\)/);
    });
  });

  it('ends well once all is mended, with a configuration that gives more time', async () => {
    node.files.write('/tmp/init.yaml', configuration(node));
    const { exitCode, stderr } = await runInit(node);
    expect(exitCode, stderr).toBe(0);
  });

  controlPlaneCases(() => node);
});
