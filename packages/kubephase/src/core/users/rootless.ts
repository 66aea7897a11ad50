/** What a component without root needs: a user in its static Pod, and files that it owns or may read. */
import type { ControlPlaneConfig } from '../../config/types.ts';
import { kubernetesDirectory, type StaticPod, type StaticPodName } from '../manifests/pod.ts';
import type { ComponentUsers, Owner } from './plan.ts';

const noRights = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

interface Rule {
  readonly user: (users: ComponentUsers) => Owner;
  readonly container: Readonly<Record<string, unknown>>;
  /** Reads the service account key. */
  readonly readsKey: boolean;
}

const podRules: Readonly<Record<StaticPodName, Rule>> = {
  // Ports below 1024 are allowed for the API server.
  'kube-apiserver': {
    user: (users) => users.kubeApiserver,
    container: { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } },
    readsKey: true,
  },
  'kube-controller-manager': { user: (users) => users.kubeControllerManager, container: noRights, readsKey: true },
  'kube-scheduler': { user: (users) => users.kubeScheduler, container: noRights, readsKey: false },
  etcd: { user: (users) => users.etcd, container: noRights, readsKey: false },
};

/** Returns `pod` with user, groups and rights. What else its security contexts hold stays. */
export function withoutRoot(pod: StaticPod, users: ComponentUsers): StaticPod {
  const rule = podRules[pod.metadata.name];
  const { uid, gid } = rule.user(users);
  const [container] = pod.spec.containers;
  const groups = rule.readsKey ? { supplementalGroups: [users.keyReaders] } : {};
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: [{ ...container, securityContext: rule.container }],
      securityContext: { ...pod.spec.securityContext, runAsUser: uid, runAsGroup: gid, ...groups },
    },
  };
}

interface FileAccess {
  readonly path: string;
  readonly owner: Owner;
  /** Permission bits; absent: they stay. */
  readonly mode?: number;
  /** Everything below as well. */
  readonly recursive?: true;
}

export interface AccessRequest {
  readonly config: ControlPlaneConfig;
  readonly users: ComponentUsers;
  /** The CA's key is elsewhere. */
  readonly externalCa: boolean;
}

/** Changes for one component, in the order in which they are made. */
export function fileAccess(component: StaticPodName, request: AccessRequest): readonly FileAccess[] {
  return accessRules[component](request);
}

const accessRules: Readonly<Record<StaticPodName, (request: AccessRequest) => readonly FileAccess[]>> = {
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
