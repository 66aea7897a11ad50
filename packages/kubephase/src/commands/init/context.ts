/** What the phases of `init` may use, made from a loaded configuration and the ports to work on. */
import type { InitConfig } from '../../config/types.ts';
import { createKeySupply } from '../../core/keys/supply.ts';
import { newCertificateKey } from '../../core/upload-certs.ts';
import { createPatches } from '../../operations/patches.ts';
import {
  usualPaths,
  type KeysContext,
  type KubeContext,
  type MachineContext,
  type NodePaths,
  type PatchesContext,
} from '../../run/context.ts';

/** What the user asked of the output. */
export interface InitOptions {
  readonly uploadCerts: boolean;
  readonly skipTokenPrint: boolean;
  readonly skipCertificateKeyPrint: boolean;
  readonly printManifest: boolean;
}

export interface InitContext extends MachineContext, KubeContext, KeysContext, PatchesContext {
  readonly config: InitConfig;
  readonly options: InitOptions;
  /** Encrypts uploaded certificates: the configured key, or one made for this run. 64 hex digits. */
  readonly certificateKey: string;
}

/** What has to be given, and what may be. */
export interface InitContextParts
  extends Pick<InitContext, 'config' | 'release' | 'host' | 'kube' | 'health' | 'cri'>, Partial<Pick<InitContext, 'program' | 'keys'>> {
  readonly options?: Partial<InitOptions>;
  /** Default: the usual places, with `certificatesDir` of the configuration. */
  readonly paths?: Partial<NodePaths>;
  /** Default: results are dropped. */
  readonly report?: InitContext['report'];
  /** Default: now. Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAtMs?: number;
}

/**
 * Returns a context for `runWorkflow(initWorkflow, { context })`. With ports in memory nothing outside the process is touched.
 *
 * @example
 * const loaded = await loadInitConfig(host, { configPath: '/cluster.yaml', flags: {}, detectCriSocket: true });
 * if (!loaded.ok) throw new ProblemError(loaded.problems);
 * const ports = await realPorts(host, { ...loaded, signal });
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
    paths: { ...usualPaths(config.cluster.certificatesDir), ...parts.paths },
    options: { uploadCerts: false, skipTokenPrint: false, skipCertificateKeyPrint: false, printManifest: false, ...parts.options },
    keys: parts.keys ?? createKeySupply(),
    patches: createPatches(host.files, config.patchesDirectory),
    certificateKey: config.certificateKey ?? newCertificateKey((length) => host.randomBytes(length)),
    report: parts.report ?? { set: () => undefined, print: () => undefined },
    program: parts.program ?? 'kubephase',
    startedAtMs: parts.startedAtMs ?? host.now(),
  };
}
