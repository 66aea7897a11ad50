/** The checks of `init`, in the order in which they are reported. `IsPrivilegedUser` runs before all of them. */
import type { InitConfig } from '../config/types.ts';
import { ipFamily, type IpFamily } from '../formats/net/address.ts';
import type { Check } from './check.ts';
import { dirAvailable } from './dir-available.ts';
import { externalEtcdFiles } from './external-etcd-files.ts';
import { fileAvailable } from './file-available.ts';
import { settingIsOn } from './file-content.ts';
import { hostname } from './hostname.ts';
import { mem } from './mem.ts';
import { numCpu } from './num-cpu.ts';
import { swap } from './swap.ts';

/** All four, also with etcd outside the cluster: a forgotten etcd manifest would start an etcd. */
const manifests = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'];

const forwarding: Readonly<Record<IpFamily, Check>> = {
  4: settingIsOn('/proc/sys/net/ipv4/ip_forward', 'net.ipv4.ip_forward'),
  6: settingIsOn('/proc/sys/net/ipv6/conf/default/forwarding', 'net.ipv6.conf.default.forwarding'),
};

/** @param manifestsDirectory folder of the static Pods */
export function initChecks(config: InitConfig, manifestsDirectory: string): readonly Check[] {
  const { local, external } = config.cluster.etcd;
  return [
    numCpu,
    mem,
    ...manifests.map((name) => fileAvailable(`${manifestsDirectory}/${name}.yaml`)),
    swap,
    hostname,
    ...familiesOf(config).map((family) => forwarding[family]),
    ...(local === undefined ? externalEtcdFiles(external) : [dirAvailable(local.dataDir)]),
  ];
}

/** Families of the Service network, the Pod network and the API server's address. */
function familiesOf(config: InitConfig): readonly IpFamily[] {
  const { serviceSubnet, podSubnet } = config.cluster.networking;
  const texts = [...serviceSubnet.split(','), ...podSubnet.split(','), config.localAPIEndpoint.advertiseAddress];
  const families = new Set(texts.filter((text) => text !== '').map((text) => ipFamily(text)));
  return ([4, 6] as const).filter((family) => families.has(family));
}
