/** Which files a component without root has to own or read. */
import type { InitConfig } from '../../config/types.ts';
import { kubernetesDirectory, type StaticPodName } from '../manifests/request.ts';
import type { ComponentUsers, Owner } from './plan.ts';

export interface FileAccess {
  readonly path: string;
  readonly owner: Owner;
  /** Permission bits; absent: they stay. */
  readonly mode?: number;
  /** Everything below as well. */
  readonly recursive?: true;
}

export interface AccessRequest {
  readonly config: InitConfig;
  readonly users: ComponentUsers;
  /** The CA's key is elsewhere. */
  readonly externalCa: boolean;
}

/** Changes for one component, in the order in which they are made. */
export function fileAccess(component: StaticPodName, request: AccessRequest): readonly FileAccess[] {
  return rules[component](request);
}

const rules: Readonly<Record<StaticPodName, (request: AccessRequest) => readonly FileAccess[]>> = {
  'kube-apiserver': ({ config: { cluster }, users }) => {
    const own = ['sa.pub', 'apiserver.key', 'apiserver-kubelet-client.key', 'front-proxy-client.key'];
    const files = cluster.etcd.local === undefined ? own : [...own, 'apiserver-etcd-client.key'];
    return [
      ...files.map((file) => owned(`${cluster.certificatesDir}/${file}`, users.kubeApiserver)),
      sharedKey(cluster.certificatesDir, users.keyReaders),
    ];
  },
  'kube-controller-manager': ({ config: { cluster }, users, externalCa }) => [
    owned(`${kubernetesDirectory}/controller-manager.conf`, users.kubeControllerManager),
    sharedKey(cluster.certificatesDir, users.keyReaders),
    ...(externalCa ? [] : [owned(`${cluster.certificatesDir}/ca.key`, users.kubeControllerManager)]),
  ],
  'kube-scheduler': ({ users }) => [owned(`${kubernetesDirectory}/scheduler.conf`, users.kubeScheduler)],
  etcd: ({ config: { cluster }, users }) => [
    ...(cluster.etcd.local === undefined ? [] : [{ path: cluster.etcd.local.dataDir, owner: users.etcd, recursive: true as const }]),
    owned(`${cluster.certificatesDir}/etcd/server.key`, users.etcd),
    owned(`${cluster.certificatesDir}/etcd/peer.key`, users.etcd),
  ],
};

function owned(path: string, owner: Owner): FileAccess {
  return { path, owner, mode: 0o600 };
}

/** The service account key is read by two components, so it belongs to a group. */
function sharedKey(pki: string, keyReaders: number): FileAccess {
  return { path: `${pki}/sa.key`, owner: { uid: 0, gid: keyReaders }, mode: 0o640 };
}
