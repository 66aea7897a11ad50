/** Phase `kubelet-finalize/enable-client-cert-rotation`: lets the kubelet renew its own certificate. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { InitContext } from '../../context.ts';

const certificate = 'kubelet-client-current.pem';

export const phase = definePhase<Pick<InitContext, 'config' | 'paths' | 'host'>, InitFlag>({
  name: 'enable-client-cert-rotation',
  summary: 'Point kubelet.conf to the certificate that the kubelet renews',
  description: `For its first start the kubelet has a certificate inside kubelet.conf. As soon as it has got one of its own, ${certificate}, the file refers to that.`,
  flags: ['cert-dir', 'config', 'dry-run'],
  run: async ({ config, paths, host }, task) => {
    const { nodeRegistration } = config;
    const directory = nodeRegistration.kubeletExtraArgs.findLast(({ name }) => name === 'cert-dir')?.value ?? `${paths.kubelet}/pki`;
    const pem = `${directory}/${certificate}`;
    if ((await host.files.status(pem)) === undefined) return task.debug(`${pem} does not exist: nothing to do`);
    const [{ referToCertificate }, { restartKubelet }] = await Promise.all([
      import('../../../../operations/kubelet-finalize/refer-to-certificate.ts'),
      import('../../../../operations/kubelet-finalize/restart-kubelet.ts'),
    ]);
    const file = `${paths.kubeconfigs}/kubelet.conf`;
    task.message(`pointing ${file} to ${pem}`);
    await referToCertificate(host.files, file, pem);
    await restartKubelet(host.services, task);
  },
});
