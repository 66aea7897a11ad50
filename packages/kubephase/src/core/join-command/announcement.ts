/** What `init` tells its user at the end: how to use the cluster and how further machines join. */
import { joinCommand, type JoinParts } from './command.ts';

export interface Announcement {
  readonly parts: JoinParts;
  /** kubeconfig file of the administrator. */
  readonly kubeconfig: string;
  /** The cluster has a control plane endpoint, so that more control plane nodes may join. */
  readonly controlPlane: boolean;
  /** The certificates were uploaded. */
  readonly uploadedCerts: boolean;
  /** As it is to be shown; absent when there is none. */
  readonly certificateKey: string | undefined;
}

/** Returns the text. It starts with an empty line and ends in a newline. */
export function announcement(facts: Announcement): string {
  const parts = [useCluster(facts.kubeconfig), network];
  if (facts.controlPlane) parts.push(controlPlane(facts));
  parts.push(`Add worker nodes by running this as root on each of them:\n\n${joinCommand(facts.parts)}\n`);
  return `\n${parts.join('\n')}`;
}

function useCluster(kubeconfig: string): string {
  return `The control plane of your Kubernetes cluster is up.

Before you use it, run this as an ordinary user:

  mkdir -p $HOME/.kube
  sudo cp -i ${kubeconfig} $HOME/.kube/config
  sudo chown $(id -u):$(id -g) $HOME/.kube/config

As root it is enough to run:

  export KUBECONFIG=/etc/kubernetes/admin.conf
`;
}

const network = `Pods need a network next. Choose one and apply it with "kubectl apply -f <file>.yaml":
  https://kubernetes.io/docs/concepts/cluster-administration/addons/
`;

function controlPlane(facts: Announcement): string {
  const command = `  ${joinCommand(facts.parts, { certificateKey: facts.certificateKey })}`;
  if (!facts.uploadedCerts) {
    return `Add control plane nodes by copying the CA files and the service account keys to each of them,
and then running this there as root:

${command}
`;
  }
  return `Add control plane nodes by running this as root on each of them:

${command}

The certificate key opens the cluster's private keys: keep it secret. The uploaded certificates are
deleted after two hours; "${facts.parts.program} init phase upload-certs --upload-certs" uploads them again.
`;
}
