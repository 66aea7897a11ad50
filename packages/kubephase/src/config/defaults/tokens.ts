/** Bootstrap tokens with their defaults, random ones included. */
import { generateToken } from '../../core/tokens/token.ts';
import type { Host } from '../../host/port.ts';
import type { BootstrapToken } from '../types.ts';
import type { GivenToken } from '../v1beta4/init-configuration.ts';
import { durationOr } from './timeouts.ts';
import { defaults, textOr } from './values.ts';

/** An empty list counts as absent: one token with defaults. */
export function completeTokens(
  given: readonly GivenToken[] | null | undefined,
  host: Pick<Host, 'randomBytes'>,
): readonly BootstrapToken[] {
  const tokens = given === null || given === undefined || given.length === 0 ? [{}] : given;
  return tokens.map((token) => completeToken(token, host));
}

/**
 * A lifetime is not added to a token that has an absolute expiry, nor groups to one that cannot authenticate. kubeadm
 * does both and then refuses its own defaults.
 */
function completeToken(given: GivenToken, host: Pick<Host, 'randomBytes'>): BootstrapToken {
  const usages = given.usages?.length ? given.usages : defaults.tokenUsages;
  const token = textOr(given.token, '');
  const description = textOr(given.description, '');
  return {
    ...(token === '' ? { token: generateToken((length) => host.randomBytes(length)), generated: true } : { token }),
    ...(description === '' ? {} : { description }),
    ...completeLifetime(given),
    usages,
    groups: given.groups ?? (usages.includes('authentication') ? defaults.tokenGroups : []),
  };
}

function completeLifetime({ ttl, expires }: GivenToken): Pick<BootstrapToken, 'ttlMs' | 'expires'> {
  const expiry = textOr(expires, '');
  if (expiry === '') return { ttlMs: durationOr(ttl, defaults.tokenTtlMs) };
  return { ...(textOr(ttl, '') === '' ? {} : { ttlMs: durationOr(ttl, defaults.tokenTtlMs) }), expires: utc(expiry) };
}

/** RFC 3339 in UTC with whole seconds, as Kubernetes writes times. */
function utc(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
