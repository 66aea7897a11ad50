/**
 * Resolves host names: the hosts file first, then DNS, as Kubernetes' own programs do.
 *
 * The call of the C library (`dns.lookup`) is not used: it cannot be cancelled and runs on the pool of threads that makes RSA keys.
 * A program that ends by itself waits for it, 10 s with one silent name server (measured); these queries end with their deadline.
 * Sources that only the C library knows, such as LDAP, are not asked, nor are they by kubeadm.
 */
import { isIP } from 'node:net';
import { failure } from '../../problems/catalogue.ts';
import type { Files, Network } from '../port.ts';

/** Each server is asked so often before the look-up is given up. */
const tries = 2;

const unknownName = 'it knows no address of that name';

interface Query {
  readonly names: readonly string[];
  /** With their ports where these are not 53. */
  readonly servers: readonly string[];
  readonly timeoutMs: number;
}

/** What became of a query: addresses, or why there are none. */
type Answer = { readonly addresses: readonly string[] } | { readonly reason: string };

/** @param port where name servers listen */
export function createLookUp(files: Pick<Files, 'readText'>, port = 53): Network['lookUp'] {
  return async (name, timeoutMs) => {
    if (isIP(name) !== 0) return [name];
    const known = addressesInHosts((await files.readText('/etc/hosts')) ?? '', name);
    if (known.length > 0) return known;
    const settings = parseResolverSettings((await files.readText('/etc/resolv.conf')) ?? '');
    const servers = settings.servers.map((server) => (isIP(server) === 6 ? `[${server}]:${port}` : `${server}:${port}`));
    const answer = await askServers({ names: fullNames(name, settings), servers, timeoutMs });
    if ('addresses' in answer) return answer.addresses;
    throw failure('NAME_NOT_FOUND', {
      summary: `the name ${name} cannot be resolved`,
      detail: `not in /etc/hosts; name server ${settings.servers.join(', ')}: ${answer.reason}`,
      remedy: `Add ${name} to /etc/hosts or to the DNS, or mend the name servers in /etc/resolv.conf.`,
      where: { object: `host ${name}` },
    });
  };
}

async function askServers({ names, servers, timeoutMs }: Query): Promise<Answer> {
  const { Resolver } = await import('node:dns/promises');
  const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / (tries * servers.length)), tries });
  resolver.setServers(servers);
  const deadline = AbortSignal.timeout(timeoutMs);
  deadline.addEventListener('abort', () => resolver.cancel(), { once: true });
  const reasons: string[] = [];
  for (const name of names) {
    const results = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    if (addresses.length > 0) return { addresses };
    if (deadline.aborted) return { reason: `no answer within ${timeoutMs / 1000} s` };
    reasons.push(...results.flatMap((result) => (result.status === 'rejected' ? [reasonOf(result.reason)] : [])));
  }
  return { reason: reasons.find((reason) => reason !== unknownName) ?? unknownName };
}

/** Codes of `node:dns`; the others are printed as they are. */
const reasonTexts: Readonly<Record<string, string>> = {
  ENOTFOUND: unknownName,
  ENODATA: unknownName,
  ETIMEOUT: 'it does not answer',
  ECONNREFUSED: 'it cannot be reached',
  ESERVFAIL: 'it has failed to find an answer',
  EREFUSED: 'it refuses to answer',
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasonTexts[code ?? ''] ?? code ?? message;
}

/** Addresses that the hosts file gives `name`, in the order of the file. @see https://man7.org/linux/man-pages/man5/hosts.5.html */
export function addressesInHosts(text: string, name: string): readonly string[] {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const found = rowsOf(text).flatMap(([address = '', ...names]) =>
    isIP(address) !== 0 && names.some((candidate) => candidate.toLowerCase() === wanted) ? [address] : [],
  );
  return [...new Set(found)];
}

interface ResolverSettings {
  /** Addresses of name servers, in the order in which they are asked; never empty. */
  readonly servers: readonly string[];
  /** Domains that are added to short names. */
  readonly search: readonly string[];
  /** A name with at least this many dots is asked for as it is first. */
  readonly dots: number;
}

/** @see https://man7.org/linux/man-pages/man5/resolv.conf.5.html */
export function parseResolverSettings(text: string): ResolverSettings {
  const rows = rowsOf(text.replaceAll(';', '#'));
  const servers = rows.flatMap(([key, server = '']) => (key === 'nameserver' && isIP(server) !== 0 ? [server] : []));
  const [, ...search] = rows.findLast(([key]) => key === 'search' || key === 'domain') ?? [];
  const options = rows.flatMap(([key, ...values]) => (key === 'options' ? values : []));
  const dots = Number(/^ndots:(\d+)$/.exec(options.findLast((option) => option.startsWith('ndots:')) ?? '')?.[1] ?? 1);
  return { servers: servers.length > 0 ? servers : ['127.0.0.1'], search: search.filter((domain) => domain !== '.'), dots };
}

/** Full names to ask for, in their order. A name that ends with a dot is full. */
export function fullNames(name: string, { search, dots }: ResolverSettings): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const extended = search.map((domain) => `${name}.${domain.replace(/\.$/, '')}`);
  return name.split('.').length - 1 >= dots ? [name, ...extended] : [...extended, name];
}

/** Words of each line before a `#`. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text.split('\n').map((line) => line.replace(/#.*$/, '').trim().split(/\s+/));
}
