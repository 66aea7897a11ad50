/** Bootstrap tokens with their defaults, random ones included. */
import type { Host } from '../../host/port.ts';
import type { BootstrapToken } from '../types.ts';
import type { GivenToken } from '../v1beta4/init-configuration.ts';
import { durationOr } from './timeouts.ts';
import { defaults, textOr } from './values.ts';

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Bytes from here on are thrown away: they would make the first letters more likely. */
const fairLimit = 256 - (256 % alphabet.length);

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
    ...(token === '' ? { token: randomToken(host), generated: true } : { token }),
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

/** 6 and 16 characters, each equally likely. */
function randomToken(host: Pick<Host, 'randomBytes'>): string {
  const letters = randomLetters(host, 22);
  return `${letters.slice(0, 6)}.${letters.slice(6)}`;
}

function randomLetters(host: Pick<Host, 'randomBytes'>, count: number): string {
  let letters = '';
  while (letters.length < count) {
    for (const byte of host.randomBytes(count)) if (byte < fairLimit) letters += alphabet[byte % alphabet.length] ?? '';
  }
  return letters.slice(0, count);
}

/** RFC 3339 in UTC with whole seconds, as Kubernetes writes times. */
function utc(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
