/** Bootstrap tokens in the cluster, and the rights of those who join with them. */
import type { Task } from 'phaserunner';
import type { KubeApi } from '../clients/kube/port.ts';
import type { BootstrapToken, InitConfig } from '../config/types.ts';
import { clusterInfoAccess, clusterInfoMap } from '../core/cluster-objects/config-maps.ts';
import { nodeBootstrapGrants } from '../core/cluster-objects/rbac.ts';
import { tokenSecret } from '../core/tokens.ts';
import type { Host } from '../host/port.ts';
import { failure } from '../problems/catalogue.ts';
import type { ResolvedRelease } from '../releases/release.ts';
import { readClusterEntry, type KubeconfigPaths } from './cluster-entry.ts';
import { windowOf } from './cluster-objects.ts';
import { createOrUpdate, type WriteWindow } from './kube-write.ts';

export interface BootstrapTokenContext {
  readonly config: Pick<InitConfig, 'bootstrapTokens' | 'timeouts'>;
  readonly release: ResolvedRelease;
  readonly paths: KubeconfigPaths;
  readonly options: { readonly skipTokenPrint: boolean };
  readonly host: Pick<Host, 'files' | 'now'>;
  readonly kube: KubeApi;
  readonly report: { set(field: string, value: unknown): void; print(text: string): void };
}

/** Lets machines join with the configured tokens. */
export async function admitWithTokens(context: BootstrapTokenContext, task: Task): Promise<void> {
  const { config, release, host, kube, paths } = context;
  const window = windowOf(context, task);
  // Read first: without it a token would be of no use.
  const cluster = await readClusterEntry(host.files, paths, 'current-context');
  reportTokens(context);
  for (const token of config.bootstrapTokens) {
    task.narrate(`storing the bootstrap token with id ${token.token.slice(0, 6)}`);
    await putToken(kube, token, { ...window, nowMs: host.now() });
  }
  for (const { allows, objects } of nodeBootstrapGrants(release.traits)) {
    task.narrate(`allowing ${allows}`);
    for (const object of objects) await createOrUpdate(kube, object, window);
  }
  task.narrate('storing address and CA of the cluster in ConfigMap cluster-info, namespace kube-public');
  const map = clusterInfoMap({ cluster, preferences: release.traits.kubeconfigPreferences });
  for (const object of [map, ...clusterInfoAccess()]) await createOrUpdate(kube, object, window);
}

function reportTokens({ config, options, report }: Pick<BootstrapTokenContext, 'config' | 'options' | 'report'>): void {
  if (options.skipTokenPrint) return;
  const tokens = config.bootstrapTokens.map(({ token }) => token);
  report.set('bootstrapTokens', tokens);
  if (tokens.length > 0) report.print(`Bootstrap ${tokens.length === 1 ? 'token' : 'tokens'}: ${tokens.join(', ')}\n`);
}

/** When the lifetime of the tokens starts, and how long to try. */
export interface TokenWrite extends WriteWindow {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly nowMs: number;
}

/** Writes the token; one with the same id is replaced. */
export async function putToken(kube: KubeApi, token: BootstrapToken, { nowMs, ...window }: TokenWrite): Promise<void> {
  await createOrUpdate(kube, tokenSecret(token, nowMs), window);
}

/**
 * Writes the token unless there is one with its id. Returns the name of its Secret.
 * @throws ProblemError `TOKEN_EXISTS`
 */
export async function addToken(kube: KubeApi, token: BootstrapToken, { nowMs, ...window }: TokenWrite): Promise<string> {
  const secret = tokenSecret(token, nowMs);
  const { name } = secret.metadata;
  if ((await kube.get({ apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system', name })) !== undefined) throw taken(name);
  await createOrUpdate(kube, secret, window);
  return name;
}

function taken(name: string): Error {
  return failure('TOKEN_EXISTS', {
    summary: `there is a bootstrap token with the id ${name.replace(/^bootstrap-token-/, '')} already`,
    remedy: 'Choose another token, or delete the existing one.',
    where: { object: `Secret kube-system/${name}` },
  });
}
