/** Makes, prints and writes the objects of kube-proxy. */
import type { Task } from 'phaserunner';
import type { KubeApi } from '../../clients/kube/port.ts';
import type { ControlPlaneConfig, EnvVar, KubeProxyConfig } from '../../config/types.ts';
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
import { windowOf } from '../cluster-objects.ts';
import { createOrUpdate } from '../kube-write.ts';

/** What both add-ons can do instead of being installed. */
export interface PrintedAddon {
  readonly options: { readonly printManifest: boolean };
  readonly report: { print(text: string): void };
}

interface KubeProxyFacts {
  readonly config: Pick<ControlPlaneConfig, 'cluster' | 'localAPIEndpoint' | 'timeouts'> & KubeProxyConfig;
  readonly release: ResolvedRelease;
}

export interface KubeProxyContext extends KubeProxyFacts, PrintedAddon {
  readonly kube: KubeApi;
  readonly host: { readonly environment: Readonly<Record<string, string | undefined>> };
}

/** Installs kube-proxy, or prints its objects. */
export async function deployKubeProxy(context: KubeProxyContext, task: Task): Promise<void> {
  if (context.options.printManifest) return context.report.print(printManifests(kubeProxyManifests(context)));
  await installKubeProxy(context, task);
  task.narrate('applied the add-on kube-proxy');
}

/** Returns the objects in the order in which they are printed: without the mark and this machine's variables. */
function kubeProxyManifests(facts: KubeProxyFacts): readonly ClusterObject[] {
  const rights = [kubeProxyServiceAccount(), kubeProxyRoleBinding(), ...kubeProxyConfigAccess()];
  return [...rights, kubeProxyConfigMap(content(facts)), daemonSet(facts, [])];
}

async function installKubeProxy(context: KubeProxyContext, task: Task): Promise<void> {
  const { config, host, kube } = context;
  const objects = [
    markedKubeProxyConfigMap(content(context), config.kubeProxy.userSupplied),
    daemonSet(context, proxyVariables(host.environment)),
    kubeProxyServiceAccount(),
    kubeProxyRoleBinding(),
    ...kubeProxyConfigAccess(),
  ];
  for (const object of objects) await createOrUpdate(kube, object, windowOf(context, task));
}

function content({ config }: KubeProxyFacts): KubeProxyConfigMap {
  return { config: printYaml(config.kubeProxy.document), server: controlPlaneUrl(config) };
}

function daemonSet({ config, release }: KubeProxyFacts, env: readonly EnvVar[]): ClusterObject {
  return kubeProxyDaemonSet({ image: controlPlaneImage(config.cluster, release, 'kube-proxy'), env, traits: release.traits });
}

/** Returns YAML with a line `---` before each document. */
export function printManifests(objects: readonly ClusterObject[]): string {
  return objects.map((object) => `---\n${printYaml(object)}`).join('');
}
