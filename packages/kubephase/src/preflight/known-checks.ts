/** What the checks of `init` are about, for people who want to know before anything runs. */
import { ProblemError } from 'phaserunner';
import { loadConfig } from '../config/whole-file.ts';
import { supportedRange } from '../product.ts';
import { absenceOf, isCheckName } from './check-names.ts';
import type { Check, Severity } from './check.ts';
import { imagePull } from './container-runtime.ts';
import { initChecks } from './init-checks.ts';
import { isPrivilegedUser } from './machine.ts';
import { dirAvailable, fileAvailable, portFree } from './obstacles.ts';
import { fileExisting } from './programs.ts';

export interface KnownCheck {
  readonly name: string;
  /** Absent when no command here has the check. */
  readonly severity?: Severity;
  readonly about: string;
  readonly commands: readonly string[];
  /** The condition in words, as the end of "only …". */
  readonly only?: string;
}

const bothFamilies = { serviceSubnet: '10.96.0.0/12,fd00:10:96::/112' };
const external = { endpoints: ['https://etcd.example:2379'], caFile: '/ca.crt', certFile: '/client.crt', keyFile: '/client.key' };

/** Configurations that together have every check; each adds those that the ones before it do not have. */
const samples: readonly { readonly only?: string; readonly cluster: object }[] = [
  { cluster: { networking: bothFamilies } },
  { only: 'with etcd outside the cluster', cluster: { etcd: { external } } },
  { only: 'for older versions of Kubernetes', cluster: { networking: bothFamilies, kubernetesVersion: `v${supportedRange.first}.0` } },
];

/** Every check of `init`, in order, with the names that it has by default: ports and paths of the configuration change some. */
export async function knownChecks(): Promise<readonly KnownCheck[]> {
  const silent = { debug: () => undefined, progress: () => undefined, warn: () => undefined };
  const sampled = await Promise.all(
    samples.map(async ({ only, cluster }) => (await checksFor(cluster)).map((check) => describe(check, only))),
  );
  const byName = new Map<string, KnownCheck>();
  for (const known of [describe(isPrivilegedUser), ...sampled.flat(), describe(imagePull(silent))]) {
    if (!byName.has(known.name)) byName.set(known.name, known);
  }
  return [...byName.values()];
}

/** What the check `name` is about, also when the name holds another port or path than by default; undefined when there is none. Case does not count. */
export async function findKnownCheck(name: string): Promise<KnownCheck | undefined> {
  const known = (await knownChecks()).find((check) => check.name.toLowerCase() === name.toLowerCase());
  if (known !== undefined || !isCheckName(name)) return known;
  const about = absenceOf(name);
  return about === undefined ? ofFamily(name) : { name, about, commands: [] };
}

async function checksFor(cluster: object): Promise<readonly Check<never>[]> {
  const document = { apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'ClusterConfiguration', ...cluster };
  const loaded = await loadConfig({ text: JSON.stringify(document) });
  if (!loaded.ok) throw new ProblemError(loaded.problems);
  const { init, release } = loaded.config;
  if (init === undefined || release === undefined) return [];
  return initChecks({
    config: init,
    release,
    paths: { manifests: '/etc/kubernetes/manifests', kubelet: '/var/lib/kubelet', kubeconfigs: '/etc/kubernetes' },
  });
}

function describe({ name, severity, about }: Check<never>, only?: string): KnownCheck {
  return { name, severity, about, commands: ['init'], ...(only === undefined ? {} : { only }) };
}

/** Checks with a value in their name. The path of a name cannot be told for certain: its dashes may have been slashes. */
const families: readonly { readonly prefix: string; readonly make: (value: string) => Check; readonly only: string }[] = [
  { prefix: 'Port-', make: (port) => portFree(Number(port)), only: 'where the configuration names this port' },
  { prefix: 'FileAvailable-', make: () => fileAvailable('this path'), only: 'where the run is going to write there' },
  { prefix: 'DirAvailable-', make: () => dirAvailable('this folder'), only: 'where etcd.local.dataDir names it' },
  { prefix: 'FileExisting-', make: (program) => fileExisting(program), only: 'in other versions of kubeadm' },
];

function ofFamily(name: string): KnownCheck | undefined {
  const family = families.find(({ prefix }) => name.toLowerCase().startsWith(prefix.toLowerCase()));
  if (family === undefined) return undefined;
  const value = name.slice(family.prefix.length);
  return { ...describe(family.make(value), family.only), name: `${family.prefix}${value}` };
}
