/** The kubeconfig files of a control plane node: whom each one is for and which server it names. */
import type { Traits } from '../../releases/release.ts';
import type { Subject } from '../certificates/descriptions.ts';
import type { CertificateConfig } from '../certificates/issuing.ts';
import { controlPlaneUrl, localApiUrl } from '../endpoint.ts';

export interface KubeconfigDescription {
  /** Word of the phase. */
  readonly name: string;
  readonly file: string;
  readonly subject: (config: CertificateConfig, traits: Traits) => Subject;
  /** True for the address of this node's API server, false for the control-plane endpoint. */
  readonly local: (traits: Traits) => boolean;
}

/** URL of the server that a file names. @throws ProblemError `ENDPOINT_INVALID` */
export function serverOf(description: KubeconfigDescription, config: CertificateConfig, traits: Traits): string {
  return description.local(traits) ? localApiUrl(config) : controlPlaneUrl(config);
}

/** Group with all rights that no role can take away. */
const masters = 'system:masters';

/** For the administrator. With `superAdmin` the group gets its rights from a role binding. */
export const admin: KubeconfigDescription = {
  name: 'admin',
  file: 'admin.conf',
  subject: (_, traits) => ({ commonName: 'kubernetes-admin', organizations: [traits.superAdmin ? 'kubeadm:cluster-admins' : masters] }),
  local: () => false,
};

/** For emergencies: works without role bindings. Only on the first node. */
export const superAdmin: KubeconfigDescription = {
  name: 'super-admin',
  file: 'super-admin.conf',
  subject: () => ({ commonName: 'kubernetes-super-admin', organizations: [masters] }),
  local: () => false,
};

/** For the first start of the kubelet, which then gets a certificate of its own. */
export const kubelet: KubeconfigDescription = {
  name: 'kubelet',
  file: 'kubelet.conf',
  subject: (config) => ({ commonName: `system:node:${config.nodeRegistration.name}`, organizations: ['system:nodes'] }),
  local: (traits) => traits.kubeletUsesLocalEndpoint,
};

export const controllerManager: KubeconfigDescription = {
  name: 'controller-manager',
  file: 'controller-manager.conf',
  subject: () => ({ commonName: 'system:kube-controller-manager', organizations: [] }),
  local: () => true,
};

export const scheduler: KubeconfigDescription = {
  name: 'scheduler',
  file: 'scheduler.conf',
  subject: () => ({ commonName: 'system:kube-scheduler', organizations: [] }),
  local: () => true,
};
