/** Checks `FileContent-…`: a setting of the kernel is switched on. */
import type { IpFamily } from '../formats/net/address.ts';
import { pathCheckName, type Check } from './check.ts';

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
