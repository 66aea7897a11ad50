/** Texts of the files that a new node has: containerd's and CNI's configuration, names, the kubelet's flags. */
import type { Addresses } from './rig.ts';

export interface ContainerdSettings {
  /** Paths: what it keeps, what it forgets when the machine restarts. */
  readonly root: string;
  readonly state: string;
  readonly snapshotter: 'overlayfs' | 'native';
  readonly sandboxImage: string;
}

/** @see https://github.com/containerd/containerd/blob/release/1.6/docs/cri/config.md */
export function containerdConfiguration({ root, state, snapshotter, sandboxImage }: ContainerdSettings): string {
  return `version = 2
root = "${root}"
state = "${state}"
[grpc]
  address = "${state}/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "${root}/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${sandboxImage}"
  # Without CAP_SYS_RESOURCE no process may become less likely to be ended when memory is short.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "/etc/cni/net.d"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "${snapshotter}"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
`;
}

/** Pods of node `host` get addresses of their own range, so that nodes do not give the same one twice. */
export function podNetwork(host: number): string {
  const network = {
    cniVersion: '0.4.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: true,
        ipam: {
          type: 'host-local',
          ranges: [[{ subnet: `10.244.${host}.0/24` }], [{ subnet: `fd00:10:244:${host}::/64` }]],
          routes: [{ dst: '0.0.0.0/0' }, { dst: '::/0' }],
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
  return JSON.stringify(network, undefined, 2);
}

/** The node's own name is there: no look-up of it may wait for a resolver. */
export function hostsFile(name: string, addresses: Addresses): string {
  return `127.0.0.1 localhost\n::1 localhost ip6-localhost\n${addresses.ipv4} ${name}\n${addresses.ipv6} ${name}\n`;
}

/** Nothing listens there, so every look-up fails at once. */
export const resolverFile = 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n';

/** /etc/default/kubelet. Kubelets up to 1.23 take Docker unless told otherwise. @param version such as `v1.20.2` */
export function kubeletDefaults(version: string): string {
  const minor = Number(version.split('.')[1]);
  const endpoint = '--container-runtime-endpoint=unix:///run/containerd/containerd.sock';
  if (minor <= 23) return `KUBELET_EXTRA_ARGS="--container-runtime=remote ${endpoint}"\n`;
  return `KUBELET_EXTRA_ARGS="${minor <= 26 ? endpoint : ''}"\n`;
}
