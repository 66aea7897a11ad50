/** The credentials in kubelet.conf: those of the first start, and those that the kubelet renews. */
import { dirname } from 'node:path';
import { isProblemError, type Task } from 'phaserunner';
import type { NodeConfig } from '../../config/types.ts';
import { currentUser } from '../../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig, printKubeconfig } from '../../core/kubeconfig/text.ts';
import type { Files, Host } from '../../host/port.ts';
import { kubeconfigMissing } from '../kubeconfig/existing.ts';
import { restartKubelet } from './files.ts';

/**
 * Whether kubelet.conf still holds the credentials with which `init` lets the kubelet start: near its end, the phase kubelet-finalize
 * replaces them by those that the kubelet renews. False when there is no such file, or none that can be read.
 * @param file path of kubelet.conf
 */
export async function holdsFirstCredentials(files: Pick<Files, 'readText'>, file: string): Promise<boolean> {
  const text = await files.readText(file);
  if (text === undefined) return false;
  try {
    return currentUser(parseKubeconfig(text, file), file).user['client-key-data'] !== undefined;
  } catch (error) {
    if (isProblemError(error)) return false;
    throw error;
  }
}

/**
 * Makes the current user of the kubeconfig `file` use `pem`, which holds both certificate and key. Everything
 * else in the file is kept.
 * @throws ProblemError `KUBECONFIG_INVALID` or one of the `FILE_…` codes
 */
export async function referToCertificate(files: Files, file: string, pem: string): Promise<void> {
  const text = await files.readText(file);
  if (text === undefined) throw kubeconfigMissing({ file, folder: dirname(file), remedy: 'Make it, then run the phase again.' });
  const kubeconfig = parseKubeconfig(text, file);
  const current = currentUser(kubeconfig, file);
  const { 'client-certificate-data': _certificate, 'client-key-data': _key, ...rest } = current.user;
  const user = { ...rest, 'client-certificate': pem, 'client-key': pem };
  const users = kubeconfig.users.map((entry) => (entry.name === current.name ? { ...entry, user } : entry));
  await files.write({ path: file, content: printKubeconfig({ ...kubeconfig, users }), mode: 0o600, secret: true });
}

/** What the kubelet calls its certificate and key, which it renews. */
const renewedFile = 'kubelet-client-current.pem';

export interface RotationContext {
  readonly config: Pick<NodeConfig, 'nodeRegistration'>;
  readonly paths: { readonly kubelet: string; readonly kubeconfigs: string };
  readonly host: Pick<Host, 'files' | 'services'>;
}

/** Points kubelet.conf to the certificate that the kubelet renews, as soon as there is one. */
export async function enableCertificateRotation({ config, paths, host }: RotationContext, task: Task): Promise<void> {
  const { kubeletExtraArgs } = config.nodeRegistration;
  const directory = kubeletExtraArgs.findLast(({ name }) => name === 'cert-dir')?.value ?? `${paths.kubelet}/pki`;
  const pem = `${directory}/${renewedFile}`;
  if ((await host.files.status(pem)) === undefined) return task.debug(`${pem} does not exist: nothing to do`);
  const file = `${paths.kubeconfigs}/kubelet.conf`;
  task.narrate(`pointing ${file} to ${pem}`);
  await referToCertificate(host.files, file, pem);
  await restartKubelet(host.services, task);
}
