/** Writes bootstrap tokens to the cluster. */
import type { BootstrapToken } from '../../config/types.ts';
import type { KubeApi } from '../../clients/kube/port.ts';
import { tokenSecret } from '../../core/tokens.ts';
import { failure } from '../../problems/catalogue.ts';
import { createOrUpdate, type WriteWindow } from '../kube/write.ts';

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
