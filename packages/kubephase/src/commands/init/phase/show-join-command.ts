/** Phase `show-join-command`: tells how to use the cluster and how machines join it. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { InitContext } from '../context.ts';

type Context = Pick<InitContext, 'config' | 'paths' | 'options' | 'host' | 'report'>;

export const phase = definePhase<Context, InitFlag>({
  name: 'show-join-command',
  summary: 'Show the commands with which machines join the cluster',
  description: 'On its own the phase needs a configuration that names the bootstrap tokens of the cluster.',
  flags: ['config', 'dry-run', 'kubeconfig'],
  needs: [
    {
      phase: 'bootstrap-token',
      or: 'bootstrapTokens with a token each in the configuration',
      unless: ({ config }) => config.bootstrapTokens.every((token) => token.generated !== true),
    },
    {
      phase: 'upload-certs',
      or: 'a certificateKey in the configuration',
      unless: ({ config, options }) => !options.uploadCerts || config.certificateKey !== undefined,
    },
  ],
  run: async ({ config, paths, options, host, report }) => {
    const [{ joinTarget }, { joinReport }, { certificateKeyOf }] = await Promise.all([
      import('../../../operations/join-command/target.ts'),
      import('../../../core/join-command.ts'),
      import('../../../core/upload-certs/certificate-key.ts'),
    ]);
    const facts = {
      ...(await joinTarget(host.files, paths.adminKubeconfig)),
      program: options.program ?? 'kubephase',
      kubeconfig: paths.adminKubeconfig,
      controlPlane: config.cluster.controlPlaneEndpoint !== '',
      uploadedCerts: options.uploadCerts,
      certificateKey: options.uploadCerts ? certificateKeyOf(config, (length) => host.randomBytes(length)) : config.certificateKey,
      hideToken: options.skipTokenPrint,
      hideCertificateKey: options.skipCertificateKeyPrint,
    };
    const reports = config.bootstrapTokens.map(({ token }) => joinReport(facts, token));
    for (const { text } of reports) report.print(text);
    const [first, ...further] = reports.map(({ data }) => data);
    if (first !== undefined) report.set('joinCommand', first);
    if (further.length > 0) report.set('furtherJoinCommands', further);
  },
});
