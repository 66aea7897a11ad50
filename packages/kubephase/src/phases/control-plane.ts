/** Phases `control-plane` (the static Pod manifests, each a phase of its own), `wait-control-plane` and `mark-control-plane`. */
import { definePhase, type Phase } from 'phaserunner';
import type { StaticPodName } from '../core/manifests/pod.ts';
import type { FlagName } from '../flags/flags.ts';
import type { NodeMarkContext } from '../operations/cluster-objects.ts';
import type { ControlPlaneWaitContext } from '../operations/health/wait-until-healthy.ts';
import type { ManifestContext } from '../operations/manifests.ts';
import {
  apiAccess,
  authority,
  certificate,
  kubeconfigFile,
  kubeletConfiguration,
  localEtcd,
  manifest,
  serviceAccountKeys,
  toBeOfUse,
  type AdminFile,
} from './results.ts';

/** The work on one manifest, of a component or of etcd. */
export function manifestOf(component: StaticPodName): NonNullable<Phase<ManifestContext>['work']> {
  return async () => (await import('../operations/manifests.ts')).manifestWork(component);
}

/** The files that a manifest names are looked for where this node has them. */
type ComponentContext = ManifestContext & { readonly paths: { readonly certificates: string; readonly kubeconfigs: string } };

export const apiserver = definePhase<ComponentContext, FlagName>({
  name: 'apiserver',
  summary: 'Write the static Pod manifest of kube-apiserver',
  description: `apiServer.extraArgs replaces arguments of the same name and follows the rest in its own order. apiServer.extraVolumes and apiServer.extraEnvs replace volumes and variables of the same name.

Authorization modes other than Node,RBAC are passed on with a warning.`,
  example: `phase control-plane apiserver
phase control-plane apiserver --config cluster.yaml`,
  flags: [
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'apiserver-extra-args',
    'cert-dir',
    'config',
    'control-plane-endpoint',
    'dry-run',
    'feature-gates',
    'image-repository',
    'kubernetes-version',
    'patches',
    'service-cidr',
  ],
  needs: [
    authority('ca'),
    certificate('apiserver'),
    certificate('apiserver-kubelet-client'),
    authority('front-proxy-ca'),
    certificate('front-proxy-client'),
    authority('etcd/ca'),
    certificate('apiserver-etcd-client'),
    serviceAccountKeys,
  ].map(toBeOfUse),
  makes: [manifest('kube-apiserver')],
  work: manifestOf('kube-apiserver'),
});

export const controllerManager = definePhase<ComponentContext, FlagName>({
  name: 'controller-manager',
  summary: 'Write the static Pod manifest of kube-controller-manager',
  description: `Pod addresses are given out to nodes only when networking.podSubnet is set. With an external certificate authority the component signs nothing.`,
  example: `phase control-plane controller-manager
phase control-plane controller-manager --config cluster.yaml`,
  flags: [
    'cert-dir',
    'config',
    'controller-manager-extra-args',
    'dry-run',
    'image-repository',
    'kubernetes-version',
    'patches',
    'pod-network-cidr',
  ],
  needs: [
    ...[authority('ca'), authority('front-proxy-ca'), serviceAccountKeys].map(toBeOfUse),
    toBeOfUse(kubeconfigFile('controller-manager.conf')),
  ],
  makes: [manifest('kube-controller-manager')],
  work: manifestOf('kube-controller-manager'),
});

export const scheduler = definePhase<ComponentContext, FlagName>({
  name: 'scheduler',
  summary: 'Write the static Pod manifest of kube-scheduler',
  description: `scheduler.extraArgs, scheduler.extraVolumes and scheduler.extraEnvs replace what has the same name.`,
  example: `phase control-plane scheduler
phase control-plane scheduler --config cluster.yaml`,
  flags: ['cert-dir', 'config', 'dry-run', 'image-repository', 'kubernetes-version', 'patches', 'scheduler-extra-args'],
  needs: [toBeOfUse(kubeconfigFile('scheduler.conf'))],
  makes: [manifest('kube-scheduler')],
  work: manifestOf('kube-scheduler'),
});

export const controlPlane = definePhase<ComponentContext, FlagName>({
  name: 'control-plane',
  summary: 'Write the static Pod manifests of the control plane',
  description: `Writes a manifest for each component into the manifests folder, where the kubelet finds them. Existing manifests are replaced.

Patches of the targets "kube-apiserver", "kube-controller-manager" and "kube-scheduler" change a manifest before it is written.`,
  example: `phase control-plane all --config cluster.yaml
phase control-plane apiserver --patches /root/patches`,
  run: (context, task) => task.message(`manifests folder: ${context.paths.manifests}`),
  phases: [apiserver, controllerManager, scheduler],
});

export const waitControlPlane = definePhase<ControlPlaneWaitContext & AdminFile, FlagName>({
  name: 'wait-control-plane',
  summary: 'Wait until the kubelet and the control plane are healthy',
  description:
    'Asks the kubelet and the three components at the same time; the time for the components begins when the kubelet is healthy. ' +
    'Addresses and ports come from the files that they read themselves; times from timeouts in the configuration. ' +
    'While it waits it tells what is missing. It ends early when what it waits for cannot happen, and explains why.',
  flags: ['config', 'dry-run', 'kubeconfig'],
  needs: [
    ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(manifest),
    toBeOfUse(localEtcd),
    toBeOfUse(kubeletConfiguration),
    ...apiAccess(),
  ],
  work: async () => ({ run: (await import('../operations/health/wait-until-healthy.ts')).waitForControlPlane }),
});

export const markControlPlane = definePhase<NodeMarkContext & AdminFile, FlagName>({
  name: 'mark-control-plane',
  summary: 'Label and taint the Node of this machine as part of the control plane',
  description: 'Labels and taints that the Node has already are kept.',
  flags: ['config', 'dry-run', 'kubeconfig', 'node-name'],
  needs: apiAccess(),
  work: async () => ({ run: (await import('../operations/cluster-objects.ts')).markControlPlane }),
});
