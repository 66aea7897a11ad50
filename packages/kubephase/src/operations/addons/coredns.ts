/** Makes and writes the objects of CoreDNS. */
import type { Task } from 'phaserunner';
import type { KubeApi } from '../../clients/kube/port.ts';
import { decideCoreDns, type CoreDnsDecision } from '../../core/addons/coredns/decision.ts';
import { defaultCorefile } from '../../core/addons/coredns/corefile.ts';
import {
  corednsConfigMap,
  corednsDeployment,
  corednsRole,
  corednsRoleBinding,
  corednsServiceAccount,
  dnsAddress,
  dnsService,
} from '../../core/addons/coredns/objects.ts';
import type { ClusterObject } from '../../core/cluster-objects/object.ts';
import { corednsImage } from '../../core/images.ts';
import { failure } from '../../problems/catalogue.ts';
import { createOrRetain, createOrUpdate, type WriteWindow } from '../kube/write.ts';
import { readInstalledDns, type InstalledDns } from './installed-coredns.ts';
import type { AddonFacts } from './kube-proxy.ts';
import { writeService } from './write-service.ts';

/** Of a new cluster. */
const defaultReplicas = 2;

/** Changes the Deployment as the user's patches want it. */
export type PatchDeployment = (deployment: ClusterObject) => Promise<ClusterObject>;

/** Returns the objects in the order in which they are printed. */
export async function corednsManifests(facts: AddonFacts, patch: PatchDeployment): Promise<readonly ClusterObject[]> {
  return [await patch(plainDeployment(facts)), configMap(facts), service(facts), ...rights(facts)];
}

export interface CoreDnsTarget {
  readonly kube: KubeApi;
  readonly window: WriteWindow;
  readonly patch: PatchDeployment;
  readonly task: Pick<Task, 'warn' | 'message'>;
}

/**
 * Installs CoreDNS or brings it up to date; what the user made of its configuration and its replicas is kept.
 * @throws ProblemError `DNS_VERSION_UNKNOWN`, `DNS_AMBIGUOUS`, `DNS_COREFILE_MISSING`
 */
export async function installCoreDns(facts: AddonFacts, { kube, window, patch, task }: CoreDnsTarget): Promise<void> {
  const installed = await readInstalledDns(kube);
  const decision = decideCoreDns(installed, facts.release.coredns);
  if (decision === 'unknown-version') throw unknownVersion(installed, facts.release.coredns);
  tell(decision, installed, task);
  const writeMap = decision === 'replace' ? createOrUpdate : createOrRetain;
  const writeDeployment = decision === 'keep-all' ? createOrRetain : createOrUpdate;
  await writeMap(kube, configMap(facts), window);
  for (const object of rights(facts)) await createOrUpdate(kube, object, window);
  await writeDeployment(kube, await patch(deployment(facts, installed.replicas ?? defaultReplicas)), window);
  await writeService(kube, service(facts));
}

/** The Deployment of a new cluster, without patches. */
export function plainDeployment(facts: AddonFacts): ClusterObject {
  return deployment(facts, defaultReplicas);
}

function deployment({ config, release }: AddonFacts, replicas: number): ClusterObject {
  return corednsDeployment({ image: corednsImage(config.cluster, release), replicas, traits: release.traits });
}

function configMap({ config, release }: AddonFacts): ClusterObject {
  return corednsConfigMap(defaultCorefile(config.cluster.networking.dnsDomain, release.traits.coredns));
}

function rights({ release }: AddonFacts): readonly ClusterObject[] {
  return [corednsRole(release.traits.coredns), corednsRoleBinding(), corednsServiceAccount()];
}

function service({ config, release }: AddonFacts): ClusterObject {
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
    remedy:
      'Give the Deployment the image of a published CoreDNS that is not newer, or leave the phase out with --skip-phases addon/coredns.',
    where: { object: 'Deployment with the label k8s-app=kube-dns' },
  });
}
