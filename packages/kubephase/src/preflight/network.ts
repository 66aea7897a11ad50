/** Checks `Hostname`, `HTTPProxy`, `HTTPProxyCIDR` and `FileContent-…`: the name of the node, proxies, and forwarding by the kernel. */
import { isProblemError } from 'phaserunner';
import { urlHost, type IpFamily } from '../formats/net/address.ts';
import type { Network } from '../host/port.ts';
import { pathCheckName, type Check, type CheckContext, type Finding } from './check.ts';

const label = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
/** A silent name server must not hold up the run. */
const lookUpTimeoutMs = 3000;
const prefixPattern = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const hostname: Check = {
  name: 'Hostname',
  severity: 'warning',
  about:
    'Looks whether the name of the node follows the rules for labels and whether it has an address in the hosts file or the DNS. Other machines reach the node by this name: choose another one with --node-name, or make it known.',
  run: async ({ config, host }) => {
    const { name } = config.nodeRegistration;
    return [...violations(name), ...(name === '' ? [] : await unresolved(name, host.network))];
  },
};

/** Two findings, as in kubeadm: that there is no address, and why. */
async function unresolved(name: string, network: Network): Promise<readonly Finding[]> {
  try {
    await network.lookUp(name, lookUpTimeoutMs);
    return [];
  } catch (error) {
    if (!isProblemError(error)) throw error;
    const { summary, detail, remedy } = error.problem;
    const advice = remedy === undefined ? {} : { remedy };
    return [
      { summary: `no address was found for the node name ${JSON.stringify(name)}`, ...advice },
      { summary: detail === undefined ? summary : `${summary}: ${detail}`, ...advice },
    ];
  }
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
function violations(nodeName: string): readonly Finding[] {
  const parts = nodeName.split('/');
  const name = parts.at(-1) ?? '';
  const rules: readonly (readonly [broken: boolean, rule: string])[] = [
    [parts.length > 2, 'has more than one slash'],
    [parts.length === 2 && !prefixPattern.test(parts[0] ?? ''), 'has a prefix that is not a DNS name in lower case'],
    [name === '', 'is empty'],
    [name.length > 63, 'is longer than 63 characters'],
    [name !== '' && !label.test(name), 'has to begin and end with a letter or digit, with only letters, digits, ".", "_" and "-" between'],
  ];
  return rules.filter(([broken]) => broken).map(([, rule]) => ({ summary: `the node name ${JSON.stringify(nodeName)} ${rule}` }));
}

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
  const { addressAt, parseCidr } = await import('../formats/net/address.ts');
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

interface Purpose {
  /** Completes "Without it …". */
  readonly without?: string;
  /** Module of the kernel without which the setting does not exist. */
  readonly module?: string;
}

const forwarding = { without: 'Pods reach nothing outside their node' };
const bridge = { without: 'Services do not work with Pod networks that use a bridge', module: 'br_netfilter' };

const forwardingOf: Readonly<Record<IpFamily, Check>> = {
  4: settingIsOn('/proc/sys/net/ipv4/ip_forward', 'net.ipv4.ip_forward', forwarding),
  6: settingIsOn('/proc/sys/net/ipv6/conf/default/forwarding', 'net.ipv6.conf.default.forwarding', forwarding),
};

const bridgeOf: Readonly<Record<IpFamily, Check>> = {
  4: settingIsOn('/proc/sys/net/bridge/bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-iptables', bridge),
  6: settingIsOn('/proc/sys/net/bridge/bridge-nf-call-ip6tables', 'net.bridge.bridge-nf-call-ip6tables', bridge),
};

/** First minor of Kubernetes 1 whose kubeadm leaves bridges to the Pod network. */
const bridgesUntil = 30;

/**
 * The settings that a cluster needs for one family of addresses.
 * @param minor such as `1.36`
 */
export function kernelSettings(family: IpFamily, minor: string): readonly Check[] {
  const needsBridge = Number(minor.split('.')[1]) < bridgesUntil;
  return [...(needsBridge ? [bridgeOf[family]] : []), forwardingOf[family]];
}

/** Looks for `1` at the start of the file at `path`, which `setting` (a name for sysctl) controls. */
export function settingIsOn(path: string, setting: string, { without, module }: Purpose = {}): Check {
  const remedy = `Switch it on: sysctl -w ${setting}=1, and keep that in a file below /etc/sysctl.d.`;
  const load = module === undefined ? '' : `Load the kernel module: modprobe ${module}. `;
  const reason = without === undefined ? '' : ` Without it ${without}.`;
  return {
    name: pathCheckName('FileContent', path),
    severity: 'error',
    about: `Looks whether the kernel setting ${setting} is on.${reason} ${remedy}`,
    run: async ({ host }) => {
      const content = await host.files.readText(path);
      if (content === undefined) return [{ summary: `${path} does not exist`, remedy: `${load}${remedy}` }];
      return content.startsWith('1') ? [] : [{ summary: `${path} does not hold 1`, remedy }];
    },
  };
}
