/** Which proxy the environment prescribes for an HTTPS request: `HTTPS_PROXY` and its exceptions in `NO_PROXY`. */
import { canonicalIp, isInCidr, isLoopback, parseCidr } from './address.ts';
import { splitHostPort } from './host.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Target {
  /** Lower case; an IP address in canonical text. */
  readonly host: string;
  readonly port: number;
}

/**
 * Returns the URL of the proxy for `https://<host>:<port>`, or undefined when the request goes straight. `localhost` and loopback
 * addresses always go straight. A proxy without scheme is an HTTP proxy; one that is not a URL counts as none.
 * @param host name or IP address, without brackets
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy the rules that kubeadm and the kubelet follow
 */
export function httpsProxyFor(host: string, port: number, environment: Environment): URL | undefined {
  const proxy = proxyUrl(firstSet(environment, ['HTTPS_PROXY', 'https_proxy']));
  if (proxy === undefined) return undefined;
  const target = { host: canonicalIp(host) ?? host.trim().toLowerCase(), port };
  if (target.host === 'localhost' || isLoopback(target.host)) return undefined;
  const exceptions = firstSet(environment, ['NO_PROXY', 'no_proxy']).split(',');
  return exceptions.some((exception) => excepts(exception.trim().toLowerCase(), target)) ? undefined : proxy;
}

/** The first of `names` that has a value; empty when none has. */
function firstSet(environment: Environment, names: readonly string[]): string {
  return names.map((name) => environment[name] ?? '').find((value) => value !== '') ?? '';
}

function proxyUrl(text: string): URL | undefined {
  return [text, `http://${text}`].map(hostUrl).find((url) => url !== undefined);
}

function hostUrl(text: string): URL | undefined {
  // `proxy:3128` is a URL too, with the scheme `proxy:` and without a host.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url === undefined || url.host === '' ? undefined : url;
}

function excepts(exception: string, { host, port }: Target): boolean {
  if (exception === '*') return true;
  if (parseCidr(exception) !== undefined) return isInCidr(host, exception);
  const split = splitHostPort(exception) ?? { host: exception, port: '' };
  return (split.port === '' || split.port === String(port)) && isNamedBy(split.host, host);
}

/** A name stands for itself and for all names below it; with a dot or `*.` in front only for those below it. */
function isNamedBy(pattern: string, host: string): boolean {
  const name = pattern.replace(/^\*\./, '.');
  if (name === '') return false;
  const address = canonicalIp(name);
  if (address !== undefined) return address === host;
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}
