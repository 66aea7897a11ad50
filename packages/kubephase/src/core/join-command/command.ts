/** The command with which another machine joins the cluster. */

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
export interface ControlPlaneParts {
  /** Key of the uploaded certificates; absent when the user copies them. */
  readonly certificateKey?: string | undefined;
}

/** Returns the command over several lines for people: backslashes at the line ends, tabs in front, a blank at its end. */
export function joinCommand(parts: JoinParts, controlPlane?: ControlPlaneParts): string {
  const lines = [`${parts.program} join ${parts.endpoint} --token ${parts.token}`, pins(parts)];
  if (controlPlane !== undefined) lines.push(role(controlPlane));
  return `${lines.join(' \\\n\t')} `;
}

/** Returns the command on one line for scripts. */
export function joinCommandLine(parts: JoinParts, controlPlane?: ControlPlaneParts): string {
  const words = [`${parts.program} join ${parts.endpoint} --token ${parts.token}`, pins(parts)];
  if (controlPlane !== undefined) words.push(role(controlPlane));
  return words.join(' ');
}

function pins(parts: JoinParts): string {
  return parts.caCertHashes.map((hash) => `--discovery-token-ca-cert-hash ${hash}`).join(' ');
}

function role(controlPlane: ControlPlaneParts): string {
  const { certificateKey } = controlPlane;
  return certificateKey === undefined ? '--control-plane' : `--control-plane --certificate-key ${certificateKey}`;
}
