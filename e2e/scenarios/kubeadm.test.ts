/** The genuine kubeadm makes a cluster on a node of the rig: what fails here is the rig's fault, not the product's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNode } from '../machine/create-node.ts';
import type { Node } from '../machine/node.ts';

describe('the genuine kubeadm on a node of the rig', () => {
  let node: Node;
  beforeAll(async () => {
    node = await createNode({ name: 'genuine' });
    node.files.write(
      '/tmp/init.yaml',
      `apiVersion: kubeadm.k8s.io/v1beta2
kind: InitConfiguration
bootstrapTokens: [{token: abcdef.0123456789abcdef}]
localAPIEndpoint: {advertiseAddress: ${node.address}}
nodeRegistration:
  criSocket: /run/containerd/containerd.sock
---
apiVersion: kubeadm.k8s.io/v1beta2
kind: ClusterConfiguration
kubernetesVersion: v1.20.2
networking: {podSubnet: 10.244.0.0/16}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: cgroupfs
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
conntrack: {maxPerCore: 0}
`,
    );
    const r = await node.kubeadm('init', '--config=/tmp/init.yaml', '--ignore-preflight-errors=ImagePull');
    console.log(r);
  });
  afterAll(() => node?.remove());
  it('x', async () => {
    await new Promise(r => setTimeout(r, 10000));
    console.log(await node.run(['sh', '-c', 'export KUBECONFIG=/etc/kubernetes/admin.conf; kubectl get nodes -o wide; kubectl get pods -A -o wide; kubectl logs -n kube-system -l k8s-app=kube-proxy; kubectl describe nodes; tail -n 30 /var/log/kubelet.log; tail -n 30 /var/log/containerd.log; ls -la /etc/kubernetes']).then(r => r.stdout + r.stderr));
  });
});
