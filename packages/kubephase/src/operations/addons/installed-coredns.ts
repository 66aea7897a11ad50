/** What a cluster has of DNS before CoreDNS is installed. */
import type { KubeApi, KubeObject } from '../../clients/kube/port.ts';
import type { InstalledCoreDns } from '../../core/addons/coredns/decision.ts';
import { dnsLabels } from '../../core/addons/coredns/objects.ts';
import { failure } from '../../problems/catalogue.ts';

const namespace = 'kube-system';

/** The parts of a Deployment that are looked at. */
interface Spec {
  readonly replicas?: number;
  readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } };
}

export interface InstalledDns extends InstalledCoreDns {
  /** Of the Deployment; undefined when there is none. */
  readonly replicas: number | undefined;
}

/**
 * Looks at the ConfigMap and at the Deployment with the label of the cluster's DNS.
 * @throws ProblemError `DNS_AMBIGUOUS` when several Deployments have it, `DNS_COREFILE_MISSING`
 */
export async function readInstalledDns(kube: KubeApi): Promise<InstalledDns> {
  const deployment = await findDeployment(kube);
  const corefile = await readCorefile(kube);
  const spec = (deployment?.['spec'] ?? {}) as Spec;
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
