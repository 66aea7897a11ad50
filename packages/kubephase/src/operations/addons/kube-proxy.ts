/** Makes and writes the objects of kube-proxy. */
import type { KubeApi } from '../../clients/kube/port.ts';
import type { EnvVar, InitConfig } from '../../config/types.ts';
import {
  kubeProxyConfigAccess,
  kubeProxyConfigMap,
  kubeProxyDaemonSet,
  kubeProxyRoleBinding,
  kubeProxyServiceAccount,
  markedKubeProxyConfigMap,
  type KubeProxyConfigMap,
} from '../../core/addons/kube-proxy.ts';
import type { ClusterObject } from '../../core/cluster-objects/object.ts';
import { controlPlaneUrl } from '../../core/endpoint.ts';
import { controlPlaneImage } from '../../core/images.ts';
import { proxyVariables } from '../../core/manifests/container.ts';
import { printYaml } from '../../formats/yaml/print.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import { createOrUpdate, type WriteWindow } from '../kube/write.ts';

export interface AddonFacts {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
}

/** Returns the objects in the order in which they are printed: without the mark and this machine's variables. */
export function kubeProxyManifests(facts: AddonFacts): readonly ClusterObject[] {
  const rights = [kubeProxyServiceAccount(), kubeProxyRoleBinding(), ...kubeProxyConfigAccess()];
  return [...rights, kubeProxyConfigMap(content(facts)), daemonSet(facts, [])];
}

/** Where kube-proxy is written to, and the environment whose proxy variables it takes over. */
export interface KubeProxyTarget {
  readonly kube: KubeApi;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly window: WriteWindow;
}

export async function installKubeProxy(facts: AddonFacts, { kube, environment, window }: KubeProxyTarget): Promise<void> {
  const objects = [
    markedKubeProxyConfigMap(content(facts), facts.config.kubeProxy.userSupplied),
    daemonSet(facts, proxyVariables(environment)),
    kubeProxyServiceAccount(),
    kubeProxyRoleBinding(),
    ...kubeProxyConfigAccess(),
  ];
  for (const object of objects) await createOrUpdate(kube, object, window);
}

function content({ config }: AddonFacts): KubeProxyConfigMap {
  return { config: printYaml(config.kubeProxy.document), server: controlPlaneUrl(config) };
}

function daemonSet({ config, release }: AddonFacts, env: readonly EnvVar[]): ClusterObject {
  return kubeProxyDaemonSet({ image: controlPlaneImage(config.cluster, release, 'kube-proxy'), env, traits: release.traits });
}
