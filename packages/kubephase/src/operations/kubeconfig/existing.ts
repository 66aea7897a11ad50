/** kubeconfig files that are there already: whether they can be used, and what deserves attention about them. */
import { basename, dirname, resolve } from 'node:path';
import type { Problem, ProblemError } from 'phaserunner';
import { currentCluster, currentUser, referredFile, type Kubeconfig, type KubeconfigCluster } from '../../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig } from '../../core/kubeconfig/text.ts';
import { readCertificates, type Certificate } from '../../formats/x509/certificate.ts';
import { isInPeriod } from '../../formats/x509/verify.ts';
import type { FileMode, Files } from '../../host/port.ts';
import { failure, problem, problemsOf } from '../../problems/catalogue.ts';
import { kubeconfigResult } from '../../problems/results.ts';
import { timeText } from '../certificates/faults.ts';

/** A kubeconfig as it was read, or what keeps it from being used. */
export type ExistingKubeconfig =
  | { readonly state: 'usable'; readonly kubeconfig: Kubeconfig; readonly cluster: KubeconfigCluster }
  | { readonly state: 'unusable'; readonly problems: readonly Problem[] };

interface Expected {
  /** Path of the kubeconfig, for messages. */
  readonly file: string;
  /** The file's first authority has to be one of these. */
  readonly authorities: readonly Certificate[];
  /** Path of the authorities, for messages. */
  readonly authorityFile: string;
}

/** Reads `text` and compares the authority that it trusts with the expected ones. */
export async function judgeKubeconfig(files: Files, text: string, expected: Expected): Promise<ExistingKubeconfig> {
  try {
    const kubeconfig = parseKubeconfig(text, expected.file);
    const cluster = currentCluster(kubeconfig, expected.file);
    const trusted = await trustedCertificates(files, cluster, expected.file);
    const problems = typeof trusted === 'string' ? [noAuthority(expected.file, trusted)] : compare(trusted, expected);
    return problems.length > 0 ? { state: 'unusable', problems } : { state: 'usable', kubeconfig, cluster };
  } catch (error) {
    return { state: 'unusable', problems: problemsOf(error, 'KUBECONFIG_INVALID', { file: expected.file }) };
  }
}

/** Returns the client certificate inside the file; undefined when it refers to files or has none that can be read. */
function clientCertificate(kubeconfig: Kubeconfig, file: string): Certificate | undefined {
  try {
    const data = currentUser(kubeconfig, file).user['client-certificate-data'];
    return data === undefined ? undefined : readCertificates(fromBase64(data))[0];
  } catch {
    // kubeadm accepts files with any credentials, such as those that a plug-in provides.
    return undefined;
  }
}

/** Returns the authorities that the cluster entry of the kubeconfig at `file` trusts, or why there are none. */
async function trustedCertificates(files: Files, cluster: KubeconfigCluster, file: string): Promise<readonly Certificate[] | string> {
  const data = fromBase64(cluster['certificate-authority-data'] ?? '').trim();
  const path = cluster['certificate-authority'] ?? '';
  if (data === '' && path === '') return 'It has neither certificate-authority-data nor certificate-authority.';
  const source = data === '' ? referredFile(file, path) : 'certificate-authority-data';
  try {
    const text = data === '' ? await files.readText(source) : data;
    return text === undefined ? `The file ${source}, to which certificate-authority refers, does not exist.` : readCertificates(text);
  } catch (error) {
    return `Its certificate authority (${source}) cannot be read: ${problemsOf(error, 'PKI_UNDECODABLE')[0].summary}.`;
  }
}

function compare(trusted: readonly Certificate[], { file, authorities, authorityFile }: Expected): readonly Problem[] {
  const [first] = trusted;
  if (first !== undefined && authorities.some(({ der }) => Buffer.compare(der, first.der) === 0)) return [];
  return [
    problem('KUBECONFIG_FOREIGN_CA', {
      summary: `${file} trusts another certificate authority than ${authorityFile}`,
      detail: `It holds ${trusted.length} certificate${trusted.length === 1 ? '' : 's'}; the first is that of "${first?.subject.commonName}".`,
      remedy: `Remove ${file} to have it made again, or restore the certificate authority that it belongs to.`,
      where: { file },
    }),
  ];
}

function noAuthority(file: string, detail: string): Problem {
  return problem('KUBECONFIG_INVALID', {
    summary: `${file} holds no usable certificate authority`,
    detail,
    remedy: `Remove ${file} to have it made again.`,
    where: { file },
  });
}

function fromBase64(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8');
}

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

/** The file at `path` as a result, when it is one of those that the phases make in `folder`: another file of the same name is of no use. */
export function kubeconfigResultAt(path: string, folder: string): string | undefined {
  return dirname(resolve(path)) === resolve(folder) ? kubeconfigResult(basename(path)) : undefined;
}

interface MissingKubeconfig {
  readonly file: string;
  /** Where the phases make kubeconfig files. */
  readonly folder: string;
  /** What the file is needed for. */
  readonly detail?: string;
  /** What helps where a phase makes it. */
  readonly remedy: string;
}

/** What a kubeconfig file of an administrator is needed for. */
export const usedForApi = 'The Kubernetes API is used with its credentials.';

/** There is no kubeconfig file where one is needed. */
export function kubeconfigMissing({ file, folder, detail, remedy }: MissingKubeconfig): ProblemError {
  const make = kubeconfigResultAt(file, folder);
  return failure('KUBECONFIG_INVALID', {
    summary: `there is no kubeconfig file ${file}`,
    ...(detail === undefined ? {} : { detail }),
    ...(make === undefined ? { remedy: 'Put it there, or name a file that exists with --kubeconfig.' } : { remedy, make }),
    where: { file },
  });
}
