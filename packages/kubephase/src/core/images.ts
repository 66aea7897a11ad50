/** Names of the images that a cluster needs. */
import type { ClusterConfig } from '../config/types.ts';
import type { ResolvedRelease } from '../releases/release.ts';

type ControlPlaneImage = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kube-proxy';

const controlPlane: readonly ControlPlaneImage[] = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'];

/** Where images of CI builds are kept. */
const ciRepository = 'gcr.io/k8s-staging-ci-images';

/** The community's registry since 2022: it has CoreDNS one path segment down, whatever a release's own default was. */
const communityRegistry = 'registry.k8s.io';

/** Image of a control plane component or of kube-proxy, such as `registry.k8s.io/kube-apiserver:v1.36.2`. */
export function controlPlaneImage(cluster: ClusterConfig, release: ResolvedRelease, component: ControlPlaneImage): string {
  const ci = cluster.ciKubernetesVersion !== undefined && isDefaultRegistry(cluster.imageRepository, release);
  return `${ci ? ciRepository : cluster.imageRepository}/${component}:${imageTag(cluster.kubernetesVersion)}`;
}

/** Image of a local etcd. */
export function etcdImage(cluster: ClusterConfig, release: ResolvedRelease): string {
  return `${cluster.etcd.local?.imageRepository ?? cluster.imageRepository}/etcd:${etcdTag(cluster, release)}`;
}

/** Tag of the etcd image, without `v`: the user's word or the one of the release. */
export function etcdTag(cluster: ClusterConfig, release: ResolvedRelease): string {
  return cluster.etcd.local?.imageTag ?? release.etcd;
}

/** Image of CoreDNS. The default registry keeps it one path segment down, other registries beside the rest. */
export function corednsImage(cluster: ClusterConfig, release: ResolvedRelease): string {
  const repository = cluster.dns.imageRepository ?? cluster.imageRepository;
  const nested = release.corednsNested && isDefaultRegistry(repository, release);
  return `${repository}${nested ? '/coredns' : ''}/coredns:${cluster.dns.imageTag ?? release.coredns}`;
}

/** Image of the container that holds a Pod's namespaces. */
export function pauseImage(cluster: ClusterConfig, release: ResolvedRelease): string {
  return `${cluster.imageRepository}/pause:${release.pause}`;
}

/** Every image that a control plane node pulls, in the order in which `config images list` shows them. */
export function allImages(cluster: ClusterConfig, release: ResolvedRelease): readonly string[] {
  const components = controlPlane.filter((component) => component !== 'kube-proxy' || !cluster.proxy.disabled);
  const coredns = cluster.dns.disabled ? [] : [corednsImage(cluster, release)];
  const rest = [pauseImage(cluster, release), ...(cluster.etcd.local === undefined ? [] : [etcdImage(cluster, release)])];
  const first = components.map((component) => controlPlaneImage(cluster, release, component));
  return release.traits.imageOrder === 'coredns-last' ? [...first, ...rest, ...coredns] : [...first, ...coredns, ...rest];
}

function isDefaultRegistry(repository: string, release: ResolvedRelease): boolean {
  return repository === release.registry || repository === communityRegistry;
}

/** Tags know no `+`: build metadata becomes `_`. */
function imageTag(version: string): string {
  return version.replaceAll(/[^-\w.]/g, '_').replace(/^(?!v)/, 'v');
}
