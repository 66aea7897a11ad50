import { describe, expect, it, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import type { InitConfig } from '../config/types.ts';
import { isCheckName } from './check-names.ts';
import { initChecks } from './init-checks.ts';

const namesFor = (config: InitConfig = initConfig()): readonly string[] => initChecks(checkContext({ config })).map(({ name }) => name);

const ofVersion = (kubernetesVersion: string): InitConfig => initConfig({ cluster: { kubernetesVersion } });

const external = { endpoints: ['https://e:2379'], httpEndpoints: [], caFile: '/e/ca', certFile: '/e/crt', keyFile: '/e/key' };

describe('the checks of init', () => {
  it('have the order of kubeadm', () => {
    expect(namesFor()).toEqual([
      'NumCPU',
      'Mem',
      'KubernetesVersion',
      'Firewalld',
      'Port-6443',
      'Port-10259',
      'Port-10257',
      'FileAvailable--etc-kubernetes-manifests-kube-apiserver.yaml',
      'FileAvailable--etc-kubernetes-manifests-kube-controller-manager.yaml',
      'FileAvailable--etc-kubernetes-manifests-kube-scheduler.yaml',
      'FileAvailable--etc-kubernetes-manifests-etcd.yaml',
      'HTTPProxy',
      'HTTPProxyCIDR',
      'HTTPProxyCIDR',
      'CRI',
      'ContainerRuntimeVersion',
      'Swap',
      'FileExisting-losetup',
      'FileExisting-mount',
      'FileExisting-cp',
      'SystemVerification',
      'Hostname',
      'KubeletVersion',
      'Service-kubelet',
      'Port-10250',
      'FileContent--proc-sys-net-ipv4-ip_forward',
      'Port-2379',
      'Port-2380',
      'DirAvailable--var-lib-etcd',
    ]);
  });

  it('carry configured ports and folders in their names', () => {
    const local = { ...initConfig().cluster.etcd.local!, dataDir: '/data/e' };
    const names = namesFor(
      initConfig({ localAPIEndpoint: { advertiseAddress: '192.0.2.1', bindPort: 7443 }, cluster: { etcd: { local } } }),
    );
    expect(names).toEqual(expect.arrayContaining(['Port-7443', 'DirAvailable--data-e']));
    expect(names).not.toContain('Port-6443');
  });

  it('look at an etcd outside the cluster instead of a place for one inside', () => {
    const names = namesFor(initConfig({ cluster: { etcd: { external } } }));
    expect(names.slice(names.indexOf('FileContent--proc-sys-net-ipv4-ip_forward') + 1)).toEqual([
      'ExternalEtcdVersion',
      'ExternalEtcdClientCertificates',
      'ExternalEtcdClientCertificates',
      'ExternalEtcdClientCertificates',
    ]);
  });

  it.each([
    ['v1.37.0', true],
    ['v1.35.0', true],
    ['v1.34.3', false],
    ['v1.20.2', false],
  ])('of %s ask the runtime for its cgroup driver: %s', (version, asked) => {
    expect(namesFor(ofVersion(version)).includes('ContainerRuntimeVersion')).toBe(asked);
  });

  it.each(['v1.37.0', 'v1.33.0', 'v1.29.0', 'v1.20.2'])('of %s all have names that can be ignored', (version) => {
    for (const etcd of [initConfig().cluster.etcd, { external }]) {
      const names = namesFor(initConfig({ cluster: { kubernetesVersion: version, etcd } }));
      expect(names.filter((name) => !isCheckName(name))).toEqual([]);
    }
  });

  it('tell what they look at', () => {
    for (const { about } of initChecks(checkContext())) expect(about).toMatch(/^[A-Z].{30,}\.$/);
  });
});

test.each([
  ['10.96.0.0/12,fd00::/112', '', '192.0.2.1', ['net-ipv4-ip_forward', 'net-ipv6-conf-default-forwarding']],
  ['fd00::/112', 'fd01::/64', 'fd02::1', ['net-ipv6-conf-default-forwarding']],
])(
  'with Services %s, Pods %j and address %s forwarding is needed for their families',
  (...[serviceSubnet, podSubnet, address, expected]) => {
    const config = initConfig({
      localAPIEndpoint: { advertiseAddress: address, bindPort: 6443 },
      cluster: { networking: { serviceSubnet, podSubnet, dnsDomain: 'cluster.local' } },
    });
    expect(namesFor(config).filter((name) => name.startsWith('FileContent'))).toEqual(
      expected.map((name) => `FileContent--proc-sys-${name}`),
    );
  },
);
