/** Lets a static Pod run as a user of its own, with the few rights that it needs. */
import type { ComponentUsers, Owner } from '../users/plan.ts';
import type { StaticPod } from './pod.ts';
import type { StaticPodName } from './request.ts';

const noRights = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

interface Rule {
  readonly user: (users: ComponentUsers) => Owner;
  readonly container: Readonly<Record<string, unknown>>;
  /** Reads the service account key. */
  readonly readsKey: boolean;
}

const rules: Readonly<Record<StaticPodName, Rule>> = {
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
  const rule = rules[pod.metadata.name];
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
