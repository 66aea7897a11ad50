/** The commands with which further machines join: as text for people, as data for tools, and what `init` tells its user at the end. */

/** Stands for a value that the user does not want to see. */
const withheld = '<value withheld>';

export interface JoinFacts {
  /** Name under which the program runs. */
  readonly program: string;
  /** `host:port` of the API server. */
  readonly endpoint: string;
  readonly caCertHashes: readonly string[];
  /** kubeconfig file of the administrator. */
  readonly kubeconfig: string;
  /** The cluster has a control plane endpoint, so that more control plane nodes may join. */
  readonly controlPlane: boolean;
  readonly uploadedCerts: boolean;
  readonly certificateKey: string | undefined;
  readonly hideToken: boolean;
  readonly hideCertificateKey: boolean;
}

/** What `-o json` shows of one token. */
interface JoinData {
  readonly endpoint: string;
  readonly token: string;
  readonly caCertHashes: readonly string[];
  readonly worker: string;
  /** Absent when no more control plane nodes can join. */
  readonly controlPlane?: string;
  readonly certificateKey?: string;
}

/** Text and data for one token. The text is shown once for every token. */
export function joinReport(facts: JoinFacts, token: string): { readonly text: string; readonly data: JoinData } {
  const { program, endpoint, caCertHashes, controlPlane } = facts;
  const parts = { program, endpoint, caCertHashes, token: facts.hideToken ? withheld : token };
  const certificateKey = facts.certificateKey !== undefined && facts.hideCertificateKey ? withheld : facts.certificateKey;
  const role: ControlPlaneParts = { certificateKey };
  const { kubeconfig, uploadedCerts } = facts;
  return {
    text: announcement({ parts, kubeconfig, controlPlane, uploadedCerts, certificateKey }),
    data: {
      endpoint,
      token: parts.token,
      caCertHashes,
      worker: joinCommandLine(parts),
      ...(controlPlane ? { controlPlane: joinCommandLine(parts, role) } : {}),
      ...(certificateKey === undefined ? {} : { certificateKey }),
    },
  };
}

/** Everything that the command needs. */
export interface JoinParts {
  /** Name under which the program runs. */
  readonly program: string;
  /** `host:port` of the API server. */
  readonly endpoint: string;
  readonly token: string;
  /** One or more, such as `sha256:…`. */
  readonly caCertHashes: readonly string[];
}

/** What makes a joining machine part of the control plane. */
interface ControlPlaneParts {
  /** Key of the uploaded certificates; absent when the user copies them. */
  readonly certificateKey?: string | undefined;
}

/** Returns the command over several lines for people: backslashes at the line ends, tabs in front, a blank at its end. */
export function joinCommand(parts: JoinParts, controlPlane?: ControlPlaneParts): string {
  const lines = [`${parts.program} join ${parts.endpoint} --token ${parts.token}`, pins(parts)];
  if (controlPlane !== undefined) lines.push(roleOptions(controlPlane));
  return `${lines.join(' \\\n\t')} `;
}

/** Returns the command on one line for scripts. */
export function joinCommandLine(parts: JoinParts, controlPlane?: ControlPlaneParts): string {
  const words = [`${parts.program} join ${parts.endpoint} --token ${parts.token}`, pins(parts)];
  if (controlPlane !== undefined) words.push(roleOptions(controlPlane));
  return words.join(' ');
}

function pins(parts: JoinParts): string {
  return parts.caCertHashes.map((hash) => `--discovery-token-ca-cert-hash ${hash}`).join(' ');
}

function roleOptions(controlPlane: ControlPlaneParts): string {
  const { certificateKey } = controlPlane;
  return certificateKey === undefined ? '--control-plane' : `--control-plane --certificate-key ${certificateKey}`;
}

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

/** Returns what `init` tells its user at the end. It starts with an empty line and ends in a newline. */
export function announcement(facts: Announcement): string {
  const parts = [useCluster(facts.kubeconfig), network];
  if (facts.controlPlane) parts.push(joinControlPlane(facts));
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

function joinControlPlane(facts: Announcement): string {
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
