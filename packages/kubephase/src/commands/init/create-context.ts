/** Makes the context of `init` from a loaded configuration and the ports to work on. */
import type { InitConfig } from '../../config/types.ts';
import { createKeySupply } from '../../core/keys/supply.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import type { InitContext, InitOptions, InitPaths } from './context.ts';

/** What has to be given, and what may be. */
export interface InitContextParts extends Pick<InitContext, 'host' | 'kube' | 'health' | 'cri'> {
  readonly config: InitConfig;
  /** As `loadInitConfig` returns it. */
  readonly release: ResolvedRelease;
  readonly options?: Partial<InitOptions>;
  /** Default: the usual places, with `certificatesDir` of the configuration. */
  readonly paths?: Partial<InitPaths>;
  /** Default: results are dropped. */
  readonly report?: InitContext['report'];
  /** Default: now. Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAtMs?: number;
}

/** Usual places of the files of a node. */
export function defaultPaths(config: InitConfig): InitPaths {
  return {
    certificates: config.cluster.certificatesDir,
    kubeconfigs: '/etc/kubernetes',
    manifests: '/etc/kubernetes/manifests',
    kubelet: '/var/lib/kubelet',
    adminKubeconfig: '/etc/kubernetes/admin.conf',
  };
}

/**
 * Returns a context for `runWorkflow(initWorkflow, { context })`. With ports in memory nothing outside the process is touched.
 *
 * @example
 * const loaded = await loadInitConfig(host, { configPath: '/cluster.yaml', flags: {}, detectCriSocket: true });
 * if (!loaded.ok) throw new ProblemError(loaded.problems);
 * const ports = await realInitPorts(host, { ...loaded, signal });
 * await runWorkflow(initWorkflow, { context: createInitContext({ ...loaded, ...ports }) });
 * ports.close();
 */
export function createInitContext(parts: InitContextParts): InitContext {
  const { config, release, host, kube, health, cri } = parts;
  return {
    config,
    release,
    host,
    kube,
    health,
    cri,
    paths: { ...defaultPaths(config), ...parts.paths },
    options: { uploadCerts: false, skipTokenPrint: false, skipCertificateKeyPrint: false, printManifest: false, ...parts.options },
    keys: createKeySupply(),
    report: parts.report ?? { set: () => undefined, print: () => undefined },
    startedAtMs: parts.startedAtMs ?? host.now(),
  };
}
