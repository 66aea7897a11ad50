/** The checks of `init`, in the order in which they are reported. `IsPrivilegedUser` runs before all of them, `ImagePull` after them. */
import type { InitConfig } from '../config/types.ts';
import { ipFamily, type IpFamily } from '../formats/net/address.ts';
import type { Check, CheckContext } from './check.ts';
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

export function initChecks({ config, release, paths }: Pick<CheckContext, 'config' | 'release' | 'paths'>): readonly Check[] {
  const { networking, etcd } = config.cluster;
  const { advertiseAddress, bindPort } = config.localAPIEndpoint;
  const asksRuntime = Number(release.minor.split('.')[1]) >= askingRuntimeSince;
  return [
    numCpu,
    mem,
    kubernetesVersion,
    firewalld,
    ...[bindPort, ports.scheduler, ports.controllerManager].map((port) => portFree(port)),
    ...manifests.map((name) => fileAvailable(`${paths.manifests}/${name}.yaml`)),
    httpProxy(advertiseAddress),
    httpProxyCidr('Service', ranges(networking.serviceSubnet)),
    httpProxyCidr('Pod', ranges(networking.podSubnet)),
    cri,
    ...(asksRuntime ? [containerRuntimeVersion] : []),
    swap,
    ...programsFor(release.minor).map(({ name, severity }) => fileExisting(name, severity)),
    systemVerification,
    hostname,
    kubeletVersion,
    serviceKubelet,
    portFree(ports.kubelet),
    ...familiesOf(config).flatMap((family) => kernelSettings(family, release.minor)),
    ...(etcd.local === undefined
      ? [externalEtcdVersion(etcd.external), ...externalEtcdFiles(etcd.external)]
      : [...ports.etcd.map((port) => portFree(port)), dirAvailable(etcd.local.dataDir)]),
  ];
}

/** Families of the Service network, the Pod network and the API server's address. */
function familiesOf(config: InitConfig): readonly IpFamily[] {
  const { serviceSubnet, podSubnet } = config.cluster.networking;
  const texts = [...ranges(serviceSubnet), ...ranges(podSubnet), config.localAPIEndpoint.advertiseAddress];
  const families = new Set(texts.map((text) => ipFamily(text)));
  return ([4, 6] as const).filter((family) => families.has(family));
}

/** @param list one range or two with a comma between, or nothing */
function ranges(list: string): readonly string[] {
  return list.split(',').filter((range) => range !== '');
}
