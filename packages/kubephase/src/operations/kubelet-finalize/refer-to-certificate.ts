/** Changes a kubeconfig so that it refers to a certificate file that somebody else renews. */
import { currentUser } from '../../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig, printKubeconfig } from '../../core/kubeconfig/text.ts';
import type { Files } from '../../host/port.ts';
import { failure } from '../../problems/catalogue.ts';

/**
 * Makes the current user of the kubeconfig `file` use `pem`, which holds both certificate and key. Everything
 * else in the file is kept.
 * @throws ProblemError `KUBECONFIG_INVALID` or one of the `FILE_…` codes
 */
export async function referToCertificate(files: Files, file: string, pem: string): Promise<void> {
  const text = await files.readText(file);
  if (text === undefined) throw missing(file);
  const kubeconfig = parseKubeconfig(text, file);
  const current = currentUser(kubeconfig, file);
  const { 'client-certificate-data': _certificate, 'client-key-data': _key, ...rest } = current.user;
  const user = { ...rest, 'client-certificate': pem, 'client-key': pem };
  const users = kubeconfig.users.map((entry) => (entry.name === current.name ? { ...entry, user } : entry));
  await files.write({ path: file, content: printKubeconfig({ ...kubeconfig, users }), mode: 0o600, secret: true });
}

function missing(file: string): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `there is no kubeconfig file ${file}`,
    remedy: 'Make it with kubephase init phase kubeconfig kubelet.',
    where: { file },
  });
}
