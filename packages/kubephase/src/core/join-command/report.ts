/** The join commands of a run: as text for people, as data for tools. */
import { announcement } from './announcement.ts';
import { joinCommandLine, type ControlPlaneParts } from './command.ts';

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
export interface JoinData {
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
