/** Judges a kubeconfig file that is there already. */
import { problemsOf, type Problem } from 'phaserunner';
import { currentCluster, currentUser, type Kubeconfig, type KubeconfigCluster } from '../../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig } from '../../core/kubeconfig/text.ts';
import { readCertificates, type Certificate } from '../../formats/x509/certificate.ts';
import type { Files } from '../../host/port.ts';
import { problem } from '../../problems/catalogue.ts';

/** A kubeconfig as it was read, or what keeps it from being used. */
export type ExistingKubeconfig =
  | { readonly state: 'usable'; readonly kubeconfig: Kubeconfig; readonly cluster: KubeconfigCluster }
  | { readonly state: 'unusable'; readonly problems: readonly Problem[] };

export interface Expected {
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
    const trusted = await trustedCertificates(files, cluster);
    const problems = typeof trusted === 'string' ? [noAuthority(expected.file, trusted)] : compare(trusted, expected);
    return problems.length > 0 ? { state: 'unusable', problems } : { state: 'usable', kubeconfig, cluster };
  } catch (error) {
    return { state: 'unusable', problems: problemsOf(error, 'KUBECONFIG_INVALID', { file: expected.file }) };
  }
}

/** Returns the client certificate inside the file; undefined when it refers to files or has none that can be read. */
export function clientCertificate(kubeconfig: Kubeconfig, file: string): Certificate | undefined {
  try {
    const data = currentUser(kubeconfig, file).user['client-certificate-data'];
    return data === undefined ? undefined : readCertificates(fromBase64(data))[0];
  } catch {
    // kubeadm accepts files with any credentials, such as those that a plug-in provides.
    return undefined;
  }
}

/** Returns the authorities that the cluster entry trusts, or why there are none. */
async function trustedCertificates(files: Files, cluster: KubeconfigCluster): Promise<readonly Certificate[] | string> {
  const path = cluster['certificate-authority'] ?? '';
  const data = fromBase64(cluster['certificate-authority-data'] ?? '').trim();
  const text = data === '' && path !== '' ? await files.readText(path) : data;
  if (text === undefined) return `The file ${path}, to which certificate-authority refers, does not exist.`;
  if (text === '') return 'It has neither certificate-authority-data nor certificate-authority.';
  try {
    return readCertificates(text);
  } catch (error) {
    return `Its certificate authority cannot be decoded: ${problemsOf(error, 'PKI_UNDECODABLE')[0].summary}.`;
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
