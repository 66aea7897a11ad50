/** The checks of `init`, in the order in which they are reported. `IsPrivilegedUser` runs before all of them, `ImagePull` after them. */
import type { ControlPlaneConfig } from '../config/types.ts';
import { ipFamily, type IpFamily } from '../formats/net/address.ts';
import type { ResolvedRelease } from '../releases/release.ts';
import type { Check, ControlPlaneCheckContext } from './check.ts';
import { containerRuntimeVersion, cri } from './container-runtime.ts';
import { externalEtcdFiles, externalEtcdVersion } from './external-etcd.ts';
import { mem, numCpu, swap } from './machine.ts';
import { hostname, httpProxy, httpProxyCidr, kernelSettings } from './network.ts';
import { dirAvailable, fileAvailable, portFree } from './obstacles.ts';
import { fileExisting, programsFor } from './programs.ts';
import { firewalld, serviceKubelet } from './services.ts';
import { systemVerification } from './system-verification/system-verification.ts';
import { kubeletVersion, kubernetesVersion } from './versions.ts';

/** All four, also with etcd outside the cluster: a forgotten etcd manifest would start an etcd. */
const manifests = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'];

/** Of scheduler, controller manager, kubelet, and of etcd's clients and members. */
const ports = { scheduler: 10_259, controllerManager: 10_257, kubelet: 10_250, etcd: [2379, 2380] } as const;

/** First minor of Kubernetes 1 with kubelets that ask the runtime for its cgroup driver as a rule. */
const askingRuntimeSince = 35;

/** The checks of any node that is about to become part of a cluster. */
export function nodeChecks({ minor }: Pick<ResolvedRelease, 'minor'>): readonly Check[] {
  const asksRuntime = Number(minor.split('.')[1]) >= askingRuntimeSince;
  return [
    cri,
    ...(asksRuntime ? [containerRuntimeVersion] : []),
    swap,
    ...programsFor(minor).map(({ name, severity }) => fileExisting(name, severity)),
    systemVerification,
    hostname,
    kubeletVersion,
    serviceKubelet,
    portFree(ports.kubelet),
  ];
}

export function initChecks({
  config,
  release,
  paths,
}: Pick<ControlPlaneCheckContext, 'config' | 'release' | 'paths'>): readonly Check<ControlPlaneCheckContext>[] {
  const { networking, etcd } = config.cluster;
  const { advertiseAddress, bindPort } = config.localAPIEndpoint;
  return [
    numCpu,
    mem,
    kubernetesVersion,
    firewalld([bindPort, ports.kubelet]),
    ...[bindPort, ports.scheduler, ports.controllerManager].map((port) => portFree(port)),
    ...manifests.map((name) => fileAvailable(`${paths.manifests}/${name}.yaml`)),
    httpProxy(advertiseAddress),
    httpProxyCidr('Service', ranges(networking.serviceSubnet)),
    httpProxyCidr('Pod', ranges(networking.podSubnet)),
    ...nodeChecks(release),
    ...familiesOf(config).flatMap((family) => kernelSettings(family, release.minor)),
    ...(etcd.local === undefined
      ? [externalEtcdVersion(etcd.external), ...externalEtcdFiles(etcd.external)]
      : [...ports.etcd.map((port) => portFree(port)), dirAvailable(etcd.local.dataDir)]),
  ];
}

/** Families of the Service network, the Pod network and the API server's address. */
function familiesOf(config: ControlPlaneConfig): readonly IpFamily[] {
  const { serviceSubnet, podSubnet } = config.cluster.networking;
  const texts = [...ranges(serviceSubnet), ...ranges(podSubnet), config.localAPIEndpoint.advertiseAddress];
  const families = new Set(texts.map((text) => ipFamily(text)));
  return ([4, 6] as const).filter((family) => families.has(family));
}

/** @param list one range or two with a comma between, or nothing */
function ranges(list: string): readonly string[] {
  return list.split(',').filter((range) => range !== '');
}
