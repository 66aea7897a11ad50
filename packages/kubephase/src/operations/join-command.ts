/** Tells at the end of `init` how machines join. */
import type { InitConfig } from '../config/types.ts';
import { joinReport } from '../core/join-command.ts';
import type { Host } from '../host/port.ts';
import { joinTarget, type KubeconfigPaths } from './cluster-entry.ts';

export interface JoinCommandContext {
  readonly config: Pick<InitConfig, 'bootstrapTokens' | 'certificateKey' | 'cluster'>;
  readonly paths: KubeconfigPaths;
  readonly options: { readonly uploadCerts: boolean; readonly skipTokenPrint: boolean; readonly skipCertificateKeyPrint: boolean };
  /** Name under which the program runs. */
  readonly program: string;
  /** With which this run uploads certificates. 64 hex digits. */
  readonly certificateKey: string;
  readonly host: Pick<Host, 'files'>;
  readonly report: { set(field: string, value: unknown): void; print(text: string): void };
}

export async function showJoinCommand(context: JoinCommandContext): Promise<void> {
  const { config, paths, options, program, host, report } = context;
  const facts = {
    ...(await joinTarget(host.files, paths)),
    program,
    kubeconfig: paths.adminKubeconfig,
    controlPlane: config.cluster.controlPlaneEndpoint !== '',
    uploadedCerts: options.uploadCerts,
    certificateKey: options.uploadCerts ? context.certificateKey : config.certificateKey,
    hideToken: options.skipTokenPrint,
    hideCertificateKey: options.skipCertificateKeyPrint,
  };
  const reports = config.bootstrapTokens.map(({ token }) => joinReport(facts, token));
  for (const { text } of reports) report.print(text);
  const [first, ...further] = reports.map(({ data }) => data);
  if (first !== undefined) report.set('joinCommand', first);
  if (further.length > 0) report.set('furtherJoinCommands', further);
}
