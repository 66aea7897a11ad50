/** The link between the add-on switches of the configuration and the phases that install add-ons. */
import type { InitConfig } from './types.ts';

export interface AddonSkips {
  readonly config: InitConfig;
  /** The paths given, and those of add-ons that the configuration disables. */
  readonly skippedPaths: readonly string[];
}

/**
 * Makes switches and skipped phases agree, in both directions: a skipped add-on is recorded as disabled, so that
 * upgrades leave it out too; a disabled add-on is skipped. Not for `init phase addon …`, which installs what it names.
 */
export function applyAddonSkips(config: InitConfig, skippedPaths: readonly string[]): AddonSkips {
  const all = skippedPaths.includes('addon');
  const dns = config.cluster.dns.disabled || all || skippedPaths.includes('addon/coredns');
  const proxy = config.cluster.proxy.disabled || all || skippedPaths.includes('addon/kube-proxy');
  const disabled = [...(dns ? ['addon/coredns'] : []), ...(proxy ? ['addon/kube-proxy'] : [])];
  const missing = all ? [] : disabled.filter((path) => !skippedPaths.includes(path));
  return {
    config: { ...config, cluster: { ...config.cluster, dns: { ...config.cluster.dns, disabled: dns }, proxy: { disabled: proxy } } },
    skippedPaths: [...skippedPaths, ...missing],
  };
}
