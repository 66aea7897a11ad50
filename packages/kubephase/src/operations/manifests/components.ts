/** The static Pods by name, built from what this machine has. */
import { etcdPod } from '../../core/manifests/etcd.ts';
import { proxyVariables } from '../../core/manifests/container.ts';
import { kubeApiserver } from '../../core/manifests/kube-apiserver.ts';
import { kubeControllerManager } from '../../core/manifests/kube-controller-manager.ts';
import { kubeScheduler } from '../../core/manifests/kube-scheduler.ts';
import type { HostFacts, ManifestRequest, StaticPod, StaticPodName } from '../../core/manifests/pod.ts';
import { hasExternalCa } from '../certificates/external-ca.ts';
import type { ManifestContext } from './context.ts';

/** What a component's Pod is made of: facts about the machine are looked up once and used for files and rights as well. */
export async function requestFrom({ config, release, host }: Omit<ManifestContext, 'paths'>): Promise<ManifestRequest> {
  const directories = release.traits.caDirectories;
  const [found, externalCa] = await Promise.all([
    Promise.all(directories.map(async (path) => (await host.files.status(path)) !== undefined)),
    hasExternalCa(host.files, config.cluster.certificatesDir),
  ]);
  const facts: HostFacts = {
    caDirectories: directories.filter((_, index) => found[index]),
    proxyVariables: proxyVariables(host.environment),
    externalCa,
  };
  return { config, release, facts };
}

/** Returns the Pod, or undefined for an etcd that runs elsewhere. */
export function buildPod(component: StaticPodName, request: ManifestRequest): StaticPod | undefined {
  if (component === 'etcd') {
    const { local } = request.config.cluster.etcd;
    return local === undefined ? undefined : etcdPod(request, local);
  }
  return builders[component](request);
}

const builders: Readonly<Record<Exclude<StaticPodName, 'etcd'>, (request: ManifestRequest) => StaticPod>> = {
  'kube-apiserver': kubeApiserver,
  'kube-controller-manager': kubeControllerManager,
  'kube-scheduler': kubeScheduler,
};
