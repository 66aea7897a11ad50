/** Checks `HTTPProxy` and `HTTPProxyCIDR`: requests inside the cluster do not go through a proxy. */
import { urlHost } from '../formats/net/address.ts';
import type { Check, CheckContext, Finding } from './check.ts';

/** Of a request without a port; NO_PROXY may name it. */
const httpsPort = 443;
/** kubeadm asks with this port for IPv6 addresses. */
const ipv6Port = 1234;

const remedyFor = (exception: string): string => `Add ${exception} to NO_PROXY and no_proxy, also for the services of this machine.`;

/** @param host name or IP address of an API server, without brackets */
export function httpProxy(host: string): Check {
  return {
    name: 'HTTPProxy',
    severity: 'warning',
    about:
      'Asks the environment (HTTPS_PROXY, NO_PROXY) whether requests to the API server go through a proxy. A proxy usually does not reach it, and then nothing works: put the address into NO_PROXY.',
    run: async ({ host: { environment } }) => {
      const proxy = await proxyFor(host, environment);
      if (proxy === undefined) return [];
      return [{ summary: `requests to https://${urlHost(host)} go through the proxy ${proxy}`, remedy: remedyFor(host) }];
    },
  };
}

/** @param cidrs ranges of one network, which is `Service` or `Pod`; an empty list passes */
export function httpProxyCidr(network: 'Service' | 'Pod', cidrs: readonly string[]): Check {
  return {
    name: 'HTTPProxyCIDR',
    severity: 'warning',
    about:
      'Asks the environment (HTTPS_PROXY, NO_PROXY) whether requests into the Service and Pod networks go through a proxy. No proxy reaches them: put both ranges into NO_PROXY.',
    run: async ({ host: { environment } }) => (await Promise.all(cidrs.map((cidr) => rangeFindings(network, cidr, environment)))).flat(),
  };
}

type Environment = CheckContext['host']['environment'];

async function rangeFindings(network: string, cidr: string, environment: Environment): Promise<readonly Finding[]> {
  const { addressAt, parseCidr } = await import('../formats/net/cidr.ts');
  const range = parseCidr(cidr);
  // The first address that a host can have, where the range has one.
  const address = range === undefined ? undefined : (addressAt(range, 1) ?? addressAt(range, 0));
  if (address === undefined)
    return [{ severity: 'error', summary: `${JSON.stringify(cidr)} of the ${network} network is not an IP range` }];
  const proxy = await proxyFor(address, environment);
  if (proxy === undefined) return [];
  return [{ summary: `requests into the ${network} network ${cidr} go through the proxy ${proxy}`, remedy: remedyFor(cidr) }];
}

/** URL of the proxy without its password. */
async function proxyFor(host: string, environment: Environment): Promise<string | undefined> {
  const { httpsProxyFor } = await import('../formats/net/proxy.ts');
  const proxy = httpsProxyFor(host, host.includes(':') ? ipv6Port : httpsPort, environment);
  if (proxy === undefined) return undefined;
  const { protocol, host: server, username, password } = proxy;
  return `${protocol}//${username === '' && password === '' ? '' : '***@'}${server}`;
}
