/** Reads the files that say how a machine resolves names: the hosts file and the settings of the resolver. */
import { isIP } from 'node:net';

/** Addresses that the hosts file gives `name`, in the order of the file. @see https://man7.org/linux/man-pages/man5/hosts.5.html */
export function addressesInHosts(text: string, name: string): readonly string[] {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const found = rowsOf(text).flatMap(([address = '', ...names]) =>
    isIP(address) !== 0 && names.some((candidate) => candidate.toLowerCase() === wanted) ? [address] : [],
  );
  return [...new Set(found)];
}

export interface ResolverSettings {
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
