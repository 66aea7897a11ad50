/** Phase `upload-certs`: lends the shared certificates and keys to machines that join the control plane. */
import { definePhase, skip } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { InitContext } from '../context.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'paths' | 'options' | 'host' | 'kube' | 'report'>, InitFlag>({
  name: 'upload-certs',
  summary: 'Upload the certificates that control plane nodes share, encrypted, for two hours',
  description: 'Writes the Secret kubeadm-certs. Whoever has the certificate key can decrypt it. Does nothing without --upload-certs.',
  example: 'kubephase init phase upload-certs --upload-certs --config config.yaml',
  flags: ['certificate-key', 'config', 'dry-run', 'kubeconfig', 'skip-certificate-key-print', 'upload-certs'],
  when: ({ options }) => options.uploadCerts || skip('--upload-certs was not given'),
  check: async ({ options, host, paths }) => {
    if (!options.uploadCerts) return [];
    const { externalAuthorities } = await import('../../../operations/upload-certs/external.ts');
    return externalAuthorities(host.files, paths.certificates);
  },
  run: async (ctx, task) => {
    const [{ uploadCertificates }, { sharedFiles }, { certificateKeyOf }] = await Promise.all([
      import('../../../operations/upload-certs/upload.ts'),
      import('../../../core/upload-certs/kubeadm-certs.ts'),
      import('../../../core/upload-certs/certificate-key.ts'),
    ]);
    const { config, host, options, report } = ctx;
    const certificateKey = certificateKeyOf(config, (length) => host.randomBytes(length));
    const window = { windowMs: config.timeouts.kubernetesAPICallMs, task };
    task.message('storing the certificates in Secret kubeadm-certs, namespace kube-system');
    await uploadCertificates(host, ctx.kube, { files: sharedFiles(config.cluster, ctx.paths.certificates), certificateKey, window });
    if (options.skipCertificateKeyPrint) return;
    report.print(`The certificates can be decrypted with this certificate key:\n${certificateKey}\n`);
    report.set('certificateKey', certificateKey);
  },
});
