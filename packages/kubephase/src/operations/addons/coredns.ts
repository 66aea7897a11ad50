/** Makes and writes the objects of CoreDNS, with regard to the DNS that a cluster has already. */
import type { Problem, Task } from 'phaserunner';
import type { KubeApi, KubeObject } from '../../clients/kube/port.ts';
import type { NodeConfig } from '../../config/types.ts';
import { defaultCorefile } from '../../core/addons/coredns/corefile.ts';
import { decideCoreDns, type CoreDnsDecision, type InstalledCoreDns } from '../../core/addons/coredns/decision.ts';
import {
  corednsConfigMap,
  corednsDeployment,
  corednsRole,
  corednsRoleBinding,
  corednsServiceAccount,
  dnsAddress,
  dnsLabels,
  dnsService,
} from '../../core/addons/coredns/objects.ts';
import type { ClusterObject } from '../../core/cluster-objects/object.ts';
import { corednsImage } from '../../core/images.ts';
import { failure, problemsOf } from '../../problems/catalogue.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import { createOrRetain, createOrUpdate } from '../kube-write.ts';
import { windowOf } from '../cluster-objects.ts';
import type { Patches } from '../patches.ts';
import { printManifests, type PrintedAddon } from './kube-proxy.ts';

/** Of a new cluster. */
const defaultReplicas = 2;

const patchTarget = 'corednsdeployment';

interface CoreDnsFacts {
  readonly config: Pick<NodeConfig, 'cluster' | 'timeouts'>;
  readonly release: ResolvedRelease;
}

export interface CoreDnsContext extends CoreDnsFacts, PrintedAddon {
  readonly kube: KubeApi;
  readonly patches: Patches;
}

/** Returns what the patches of the Deployment would report. */
export async function checkCoreDns(context: CoreDnsContext): Promise<readonly Problem[]> {
  return context.patches.check(patchTarget, deploymentOf(context, defaultReplicas));
}

/** Installs CoreDNS, or prints its objects. */
export async function deployCoreDns(context: CoreDnsContext, task: Task): Promise<void> {
  const patch = async (object: ClusterObject): Promise<ClusterObject> => context.patches.apply({ target: patchTarget, object }, task);
  if (context.options.printManifest) return context.report.print(printManifests(await corednsManifests(context, patch)));
  await installCoreDns(context, patch, task);
  task.narrate('applied the add-on CoreDNS');
}

/** Changes the Deployment as the user's patches want it. */
type PatchDeployment = (deployment: ClusterObject) => Promise<ClusterObject>;

/** Returns the objects in the order in which they are printed. */
async function corednsManifests(facts: CoreDnsFacts, patch: PatchDeployment): Promise<readonly ClusterObject[]> {
  return [await patch(deploymentOf(facts, defaultReplicas)), configMapOf(facts), serviceOf(facts), ...rightsOf(facts)];
}

/**
 * Installs CoreDNS or brings it up to date; what the user made of its configuration and its replicas is kept.
 * @throws ProblemError `DNS_VERSION_UNKNOWN`, `DNS_AMBIGUOUS`, `DNS_COREFILE_MISSING`
 */
async function installCoreDns(context: CoreDnsContext, patch: PatchDeployment, task: Task): Promise<void> {
  const { kube, release } = context;
  const window = windowOf(context, task);
  const installed = await readInstalledDns(kube);
  const decision = decideCoreDns(installed, release.coredns);
  if (decision === 'unknown-version') throw unknownVersion(installed, release.coredns);
  tell(decision, installed, task);
  const writeMap = decision === 'replace' ? createOrUpdate : createOrRetain;
  const writeDeployment = decision === 'keep-all' ? createOrRetain : createOrUpdate;
  await writeMap(kube, configMapOf(context), window);
  for (const object of rightsOf(context)) await createOrUpdate(kube, object, window);
  await writeDeployment(kube, await patch(deploymentOf(context, installed.replicas ?? defaultReplicas)), window);
  await writeService(kube, serviceOf(context));
}

function deploymentOf({ config, release }: CoreDnsFacts, replicas: number): ClusterObject {
  return corednsDeployment({ image: corednsImage(config.cluster, release), replicas, traits: release.traits });
}

function configMapOf({ config, release }: CoreDnsFacts): ClusterObject {
  return corednsConfigMap(defaultCorefile(config.cluster.networking.dnsDomain, release.traits.coredns));
}

function rightsOf({ release }: CoreDnsFacts): readonly ClusterObject[] {
  return [corednsRole(release.traits.coredns), corednsRoleBinding(), corednsServiceAccount()];
}

function serviceOf({ config, release }: CoreDnsFacts): ClusterObject {
  const { serviceSubnet } = config.cluster.networking;
  const address = dnsAddress(serviceSubnet);
  if (address !== undefined) return dnsService(address, release.traits.coredns);
  throw failure('DNS_ADDRESS_UNAVAILABLE', {
    summary: `the Service network ${JSON.stringify(serviceSubnet)} has no tenth address for the DNS of the cluster`,
    remedy: 'Choose a larger Service network.',
    where: { field: 'ClusterConfiguration.networking.serviceSubnet' },
  });
}

function tell(decision: CoreDnsDecision, installed: InstalledDns, task: Pick<Task, 'warn' | 'message'>): void {
  if (decision === 'keep-all') {
    task.warn(
      `the Corefile was changed for CoreDNS ${installed.version} and does not fit newer versions: ConfigMap and Deployment coredns ` +
        'are kept as they are; adapt the Corefile and run the phase again',
    );
  }
  if (decision === 'keep-corefile') task.message('ConfigMap coredns exists and is kept as it is');
}

function unknownVersion(installed: InstalledDns, target: string): Error {
  return failure('DNS_VERSION_UNKNOWN', {
    summary: `CoreDNS ${installed.version} is installed, from which there is no known way to ${target}`,
    detail: 'The installed version is newer than the one to be installed, or not a published one.',
    remedy: 'Give the Deployment the image of a published CoreDNS that is not newer, or skip this phase.',
    where: { object: 'Deployment with the label k8s-app=kube-dns' },
  });
}

const namespace = 'kube-system';

/** The parts of a Deployment that are looked at. */
interface Spec {
  readonly replicas?: number;
  readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } };
}

interface InstalledDns extends InstalledCoreDns {
  /** Of the Deployment; undefined when there is none. */
  readonly replicas: number | undefined;
}

/**
 * Looks at the ConfigMap and at the Deployment with the label of the cluster's DNS.
 * @throws ProblemError `DNS_AMBIGUOUS` when several Deployments have it, `DNS_COREFILE_MISSING`
 */
async function readInstalledDns(kube: KubeApi): Promise<InstalledDns> {
  const installed = await findDeployment(kube);
  const corefile = await readCorefile(kube);
  const spec = (installed?.['spec'] ?? {}) as Spec;
  return {
    corefile: corefile ?? '',
    // Without our ConfigMap the Deployment is of another DNS, whose version says nothing.
    version: corefile === undefined ? '' : tagOf(spec.template?.spec?.containers?.[0]?.image ?? ''),
    replicas: spec.replicas,
  };
}

async function findDeployment(kube: KubeApi): Promise<KubeObject | undefined> {
  const found = await kube.list({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, labels: dnsLabels });
  if (found.length <= 1) return found[0];
  throw failure('DNS_AMBIGUOUS', {
    summary: `${found.length} Deployments claim to be the DNS of the cluster`,
    detail: found.map((one) => `${namespace}/${one.metadata.name}`).join(', '),
    remedy: 'Remove the label k8s-app=kube-dns from all but one of them, or delete those.',
    where: { object: 'Deployment' },
  });
}

/** Undefined when there is no ConfigMap. */
async function readCorefile(kube: KubeApi): Promise<string | undefined> {
  const map = await kube.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'coredns' });
  if (map === undefined) return undefined;
  const corefile = (map['data'] as Readonly<Record<string, string>> | undefined)?.['Corefile'];
  if (corefile !== undefined) return corefile;
  throw failure('DNS_COREFILE_MISSING', {
    summary: 'ConfigMap kube-system/coredns has no key Corefile',
    remedy: 'Put the Corefile back, or delete the ConfigMap to get the default.',
    where: { object: 'ConfigMap kube-system/coredns' },
  });
}

/** `v1.14.2` of `registry.k8s.io/coredns/coredns:v1.14.2@sha256:…`; empty without a tag. */
function tagOf(image: string): string {
  const [reference = ''] = image.split('@');
  const last = reference.split('/').at(-1) ?? '';
  return last.includes(':') ? (last.split(':').at(-1) ?? '') : '';
}

/** The API server answers "invalid" instead of "exists" when the Service's own address is taken: by the Service itself. */
const mayExist: ReadonlySet<string> = new Set(['KUBE_ALREADY_EXISTS', 'KUBE_INVALID']);

/** Creates the Service or replaces it. One try each. */
export async function writeService(kube: KubeApi, object: KubeObject): Promise<void> {
  try {
    await kube.create(object);
  } catch (error) {
    if (!mayExist.has(problemsOf(error, 'KUBE_REQUEST_FAILED')[0].code)) throw error;
    await kube.replace(object);
  }
}
