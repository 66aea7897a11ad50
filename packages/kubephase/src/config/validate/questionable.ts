/** Rules for settings that are accepted and then do something else than their author probably means. */
import { parseVersion } from '../../formats/version.ts';
import { releaseFor } from '../../releases/index.ts';
import type { Argument, ClusterConfig, ControlPlaneComponent, HostPathMount } from '../types.ts';
import type { Rule, RuleResult } from './rule.ts';

/** Arguments that begin with dashes: each gets two more. */
export function dashedArguments(field: string, list: readonly Argument[]): readonly RuleResult[] {
  return list.flatMap(({ name }, index) => {
    const bare = name.replace(/^-+/, '');
    if (bare === name) return [];
    const remark = `the component gets "--${name}": two dashes are put before every name`;
    return [{ field: `${field}.${index}.name`, remark, remedy: `Write the name without dashes: ${bare}.` }];
  });
}

const components = ['apiServer', 'controllerManager', 'scheduler'] as const;
type ComponentName = (typeof components)[number];

/** Volumes that Pods have by themselves, by name, with the path at which they are mounted where that is always the same. */
const builtIn: Readonly<Record<ComponentName, Readonly<Record<string, string>>>> = {
  apiServer: { 'k8s-certs': '', 'ca-certs': '/etc/ssl/certs' },
  controllerManager: {
    'k8s-certs': '',
    'ca-certs': '/etc/ssl/certs',
    kubeconfig: '/etc/kubernetes/controller-manager.conf',
  },
  scheduler: { kubeconfig: '/etc/kubernetes/scheduler.conf' },
};

export const questionableRules: readonly Rule[] = [
  {
    name: 'argument-dashes',
    check: ({ config: { cluster } }) => [
      ...components.flatMap((name) => dashedArguments(`ClusterConfiguration.${name}.extraArgs`, cluster[name].extraArgs)),
      ...dashedArguments('ClusterConfiguration.etcd.local.extraArgs', cluster.etcd.local?.extraArgs ?? []),
    ],
  },
  {
    name: 'volume-names',
    check: ({ config: { cluster } }) => components.flatMap((name) => repeatedNames(name, cluster)),
  },
  {
    name: 'mount-paths',
    check: ({ config: { cluster } }) => components.flatMap((name) => repeatedPaths(name, cluster[name], cluster.certificatesDir)),
  },
];

function repeatedNames(component: ComponentName, cluster: ClusterConfig): readonly RuleResult[] {
  const { extraVolumes } = cluster[component];
  const own = new Set([...Object.keys(builtIn[component]), ...(component === 'controllerManager' ? flexVolumes(cluster) : [])]);
  return extraVolumes.flatMap(({ name }, index) => {
    const field = fieldOf(component, index, 'name');
    if (extraVolumes.slice(0, index).some((earlier) => earlier.name === name)) {
      return [{ field, remark: `the volume "${name}" replaces an earlier one of the list`, remedy: 'Give each volume a name of its own.' }];
    }
    if (!own.has(name)) return [];
    const remark = `the volume "${name}" replaces the one of that name that the component has by itself, its mount included`;
    return [{ field, remark, remedy: 'Choose another name, unless this is what you want.' }];
  });
}

/** Older releases have one volume more. */
function flexVolumes({ kubernetesVersion }: ClusterConfig): readonly string[] {
  const version = parseVersion(kubernetesVersion);
  const release = version === undefined ? undefined : releaseFor(version);
  return release?.traits.flexVolume === true ? ['flexvolume-dir'] : [];
}

function repeatedPaths(component: ComponentName, { extraVolumes }: ControlPlaneComponent, certificatesDir: string): readonly RuleResult[] {
  const names = new Set(extraVolumes.map(({ name }) => name));
  const own = Object.entries({ ...builtIn[component], ...(component === 'scheduler' ? {} : { 'k8s-certs': certificatesDir }) });
  const taken = new Set(own.filter(([name, path]) => path !== '' && !names.has(name)).map(([, path]) => path));
  return extraVolumes.flatMap((volume, index) => {
    if (!isLast(volume, extraVolumes.slice(index + 1))) return [];
    const isTaken = taken.has(volume.mountPath);
    taken.add(volume.mountPath);
    if (!isTaken) return [];
    const remark = `two volumes are mounted at ${volume.mountPath}: Kubernetes refuses such a Pod`;
    return [{ field: fieldOf(component, index, 'mountPath'), remark, remedy: 'Mount each volume at a path of its own.' }];
  });
}

/** An earlier volume of the same name is not in the Pod. */
function isLast({ name }: HostPathMount, later: readonly HostPathMount[]): boolean {
  return later.every((other) => other.name !== name);
}

function fieldOf(component: ComponentName, index: number, field: string): string {
  return `ClusterConfiguration.${component}.extraVolumes.${index}.${field}`;
}
