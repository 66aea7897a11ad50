/** Phase `kubeconfig`: the kubeconfig files of a control plane node, each a phase of its own. */
import { definePhase, type Phase } from 'phaserunner';
import type * as descriptions from '../core/kubeconfig/descriptions.ts';
import type { FlagName } from '../flags/flags.ts';
import type { KubeconfigContext } from '../operations/kubeconfig/ensure.ts';
import { authority, kubeconfigFile } from './results.ts';

/** The work on one file. */
function fileOf(choose: (all: typeof descriptions) => descriptions.KubeconfigDescription): NonNullable<Phase<KubeconfigContext>['work']> {
  return async () => {
    const [{ kubeconfigWork }, all] = await Promise.all([
      import('../operations/kubeconfig/ensure.ts'),
      import('../core/kubeconfig/descriptions.ts'),
    ]);
    return kubeconfigWork(choose(all));
  };
}

const fileFlags = [
  'apiserver-advertise-address',
  'apiserver-bind-port',
  'cert-dir',
  'config',
  'control-plane-endpoint',
  'dry-run',
  'kubeconfig-dir',
  'kubernetes-version',
] as const;

export const admin = definePhase<KubeconfigContext, FlagName>({
  name: 'admin',
  summary: 'Make admin.conf for the administrator',
  description:
    'Its server is the control-plane endpoint. The group in its certificate gets its rights from a role binding, so that the rights can be taken away; before Kubernetes 1.29 the group has all rights by itself.',
  flags: fileFlags,
  needs: [authority('ca')],
  makes: [kubeconfigFile('admin.conf')],
  work: fileOf((all) => all.admin),
});

export const superAdmin = definePhase<KubeconfigContext, FlagName>({
  name: 'super-admin',
  summary: 'Make super-admin.conf for emergencies',
  description: 'Its user has all rights, whatever the role bindings say. Keep it in a safe place, apart from this machine.',
  flags: fileFlags,
  include: { only: 'from Kubernetes 1.29 on', test: ({ release }) => release.traits.superAdmin },
  needs: [authority('ca')],
  makes: [kubeconfigFile('super-admin.conf')],
  work: fileOf((all) => all.superAdmin),
});

export const kubelet = definePhase<KubeconfigContext, FlagName>({
  name: 'kubelet',
  summary: 'Make kubelet.conf for the first start of the kubelet',
  description: 'The kubelet uses it until it has got a certificate of its own, which it renews by itself.',
  flags: [...fileFlags, 'node-name'],
  needs: [authority('ca')],
  makes: [kubeconfigFile('kubelet.conf')],
  work: fileOf((all) => all.kubelet),
});

export const controllerManager = definePhase<KubeconfigContext, FlagName>({
  name: 'controller-manager',
  summary: 'Make controller-manager.conf for the controller manager',
  description: 'Its server is the API server of this node, which has the same version.',
  flags: fileFlags,
  needs: [authority('ca')],
  makes: [kubeconfigFile('controller-manager.conf')],
  work: fileOf((all) => all.controllerManager),
});

export const scheduler = definePhase<KubeconfigContext, FlagName>({
  name: 'scheduler',
  summary: 'Make scheduler.conf for the scheduler',
  description: 'Its server is the API server of this node, which has the same version.',
  flags: fileFlags,
  needs: [authority('ca')],
  makes: [kubeconfigFile('scheduler.conf')],
  work: fileOf((all) => all.scheduler),
});

export const kubeconfig = definePhase<KubeconfigContext, FlagName>({
  name: 'kubeconfig',
  summary: 'Make the kubeconfig files of the control plane and its administrators',
  description: `Makes what is missing and keeps what is there. An existing file has to trust the certificate authority of the cluster; when it names another server, a warning says so.

With an external certificate authority the files have to be there.`,
  example: `phase kubeconfig --config cluster.yaml
phase kubeconfig admin --kubeconfig-dir /root/kubeconfigs`,
  run: (context, task) => task.message(`folder of the kubeconfig files: ${context.paths.kubeconfigs}`),
  phases: [admin, superAdmin, kubelet, controllerManager, scheduler],
});
