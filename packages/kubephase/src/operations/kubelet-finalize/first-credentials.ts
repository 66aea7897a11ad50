/** Tells whether `init` has come to its end on this machine. */
import { isProblemError } from 'phaserunner';
import { currentUser } from '../../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig } from '../../core/kubeconfig/text.ts';
import type { Files } from '../../host/port.ts';

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
