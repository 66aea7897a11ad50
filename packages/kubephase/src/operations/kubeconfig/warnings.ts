/** What deserves attention about a kubeconfig file that is kept. */
import type { Kubeconfig, KubeconfigCluster } from '../../core/kubeconfig/kubeconfig.ts';
import { isInPeriod } from '../../formats/x509/verify.ts';
import type { FileMode } from '../../host/port.ts';
import { timeText } from '../certificates/faults.ts';
import { clientCertificate } from './existing.ts';

interface KeptKubeconfig {
  readonly kubeconfig: Kubeconfig;
  /** Of the current context. */
  readonly cluster: KubeconfigCluster;
  readonly file: string;
  readonly mode: FileMode;
  /** URL that the configuration asks for. */
  readonly server: string;
  readonly atMs: number;
}

/** Returns one line for each thing that is not as a new file would be. */
export function warningsOf(kept: KeptKubeconfig): readonly string[] {
  return [serverWarning(kept), periodWarning(kept), modeWarning(kept)].flatMap((warning) => warning ?? []);
}

function serverWarning({ cluster, file, server }: KeptKubeconfig): string | undefined {
  if (cluster.server === server) return undefined;
  return `${file} is kept, but names the server ${cluster.server ?? '(none)'} instead of ${server}`;
}

function periodWarning({ kubeconfig, file, atMs }: KeptKubeconfig): string | undefined {
  const certificate = clientCertificate(kubeconfig, file);
  if (certificate === undefined || isInPeriod(certificate, atMs)) return undefined;
  const { notBeforeMs, notAfterMs } = certificate;
  return `${file} is kept, but its client certificate is valid only from ${timeText(notBeforeMs)} to ${timeText(notAfterMs)}; remove the file to have it made again`;
}

function modeWarning({ file, mode }: KeptKubeconfig): string | undefined {
  if ((mode & 0o077) === 0) return undefined;
  return `${file} holds credentials that other users have access to; close it with: chmod 0600 ${file}`;
}
