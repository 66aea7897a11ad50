import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import { releaseFor } from '../../releases/index.ts';
import { parseVersion } from '../../formats/version.ts';
import type { Traits } from '../../releases/release.ts';
import {
  apiserver,
  apiserverEtcdClient,
  apiserverKubeletClient,
  etcdHealthcheckClient,
  etcdPeer,
  etcdServer,
  frontProxyClient,
} from './descriptions.ts';
import { apiserverNames } from './names.ts';
import { authorityPeriod, leafPeriod, serialNumber } from './issuing.ts';

const traits = (version: string): Traits => releaseFor(parseVersion(version)!)!.traits;
const leaves = [apiserver, apiserverKubeletClient, frontProxyClient, etcdServer, etcdPeer, etcdHealthcheckClient, apiserverEtcdClient];

describe('the catalogue', () => {
  it('has the names, signers, subjects and usages of kubeadm', () => {
    const config = initConfig();
    const rows = leaves.map((leaf) => {
      const { commonName, organizations } = leaf.subject(config, traits('v1.36.2'));
      return [
        leaf.name,
        leaf.base,
        leaf.authority.base,
        commonName,
        organizations.join(),
        leaf.extendedKeyUsages.join(),
        leaf.names !== undefined,
      ];
    });
    expect(rows).toEqual([
      ['apiserver', 'apiserver', 'ca', 'kube-apiserver', '', 'serverAuth', true],
      ['apiserver-kubelet-client', 'apiserver-kubelet-client', 'ca', 'kube-apiserver-kubelet-client', '', 'clientAuth', false],
      ['front-proxy-client', 'front-proxy-client', 'front-proxy-ca', 'front-proxy-client', '', 'clientAuth', false],
      ['etcd-server', 'etcd/server', 'etcd/ca', 'cp1', '', 'serverAuth,clientAuth', true],
      ['etcd-peer', 'etcd/peer', 'etcd/ca', 'cp1', '', 'serverAuth,clientAuth', true],
      ['etcd-healthcheck-client', 'etcd/healthcheck-client', 'etcd/ca', 'kube-etcd-healthcheck-client', '', 'clientAuth', false],
      ['apiserver-etcd-client', 'apiserver-etcd-client', 'etcd/ca', 'kube-apiserver-etcd-client', '', 'clientAuth', false],
    ]);
  });

  it.each([
    ['v1.28.0', 'system:masters', 'system:masters'],
    ['v1.29.0', 'kubeadm:cluster-admins', ''],
    ['v1.34.0', 'kubeadm:cluster-admins', ''],
    ['v1.36.2', '', ''],
  ])('gives the clients of the API server in %s the organizations "%s" and "%s"', (version, kubelet, etcd) => {
    const organizations = [apiserverKubeletClient, apiserverEtcdClient].map((leaf) =>
      leaf.subject(initConfig(), traits(version)).organizations.join(),
    );
    expect(organizations).toEqual([kubelet, etcd]);
  });
});

describe('names for the API server', () => {
  const plain = initConfig();

  it('are those of the Service and of the node', () => {
    expect(apiserverNames(plain)).toEqual({
      dnsNames: ['cp1', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'],
      ipAddresses: ['10.96.0.1', '192.0.2.10'],
      unusable: [],
    });
  });

  it('are without duplicates, DNS names sorted, addresses in their order', () => {
    const certSANs = [
      'zzz',
      'aaa',
      '*.wild.example.com',
      'kubernetes',
      '10.0.0.1',
      '::ffff:10.0.0.2',
      '10.0.0.2',
      '2001:DB8::1',
      '2001:db8:0::1',
      'a_b',
    ];
    const config = initConfig({ cluster: { apiServer: { ...plain.cluster.apiServer, certSANs } } });
    expect(apiserverNames(config)).toEqual({
      dnsNames: [
        '*.wild.example.com',
        'aaa',
        'cp1',
        'kubernetes',
        'kubernetes.default',
        'kubernetes.default.svc',
        'kubernetes.default.svc.cluster.local',
        'zzz',
      ],
      ipAddresses: ['10.96.0.1', '192.0.2.10', '10.0.0.1', '10.0.0.2', '2001:db8::1'],
      unusable: ['a_b'],
    });
  });

  it.each([
    ['lb.example.com:443', 'dnsNames', 'lb.example.com'],
    ['198.51.100.7:443', 'ipAddresses', '198.51.100.7'],
    ['[2001:db8::7]:443', 'ipAddresses', '2001:db8::7'],
  ] as const)('contain the host of the control-plane endpoint %s', (controlPlaneEndpoint, list, name) => {
    expect(apiserverNames(initConfig({ cluster: { controlPlaneEndpoint } }))[list]).toContain(name);
  });

  it.each([
    ['fd00:1::/112', 'fd00:1::1'],
    ['10.96.0.0/12,fd00:1::/112', '10.96.0.1'],
    ['10.96.3.7/12', '10.96.0.1'],
  ])('contain the first address of the first Service range: %s', (serviceSubnet, address) => {
    const config = initConfig({ cluster: { networking: { ...plain.cluster.networking, serviceSubnet } } });
    expect(apiserverNames(config).ipAddresses[0]).toBe(address);
  });

  it.each([
    ['a Service range without a second address', { networking: { ...plain.cluster.networking, serviceSubnet: '10.96.0.1/32' } }, {}],
    ['a Service range that is none', { networking: { ...plain.cluster.networking, serviceSubnet: 'x' } }, {}],
    ['an advertise address that is none', {}, { localAPIEndpoint: { advertiseAddress: 'x', bindPort: 6443 } }],
  ])('cannot be worked out with %s', (_, cluster, rest) => {
    expect(() => apiserverNames(initConfig({ ...rest, cluster }))).toThrowError(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'CERT_NAMES_INVALID' }) }),
    );
  });

  it('leave out the DNS domain when there is none', () => {
    const config = initConfig({ cluster: { networking: { ...plain.cluster.networking, dnsDomain: '' } } });
    expect(apiserverNames(config).dnsNames).not.toContain('kubernetes.default.svc.');
  });
});

describe('names for etcd', () => {
  it('are those of the node, of localhost, and what the configuration adds for the server and for peers', () => {
    const local = {
      ...initConfig().cluster.etcd.local!,
      serverCertSANs: ['etcd.example.com', '203.0.113.8'],
      peerCertSANs: ['peer.example.com', '127.0.0.1'],
    };
    const config = initConfig({ cluster: { etcd: { local } } });
    expect(etcdServer.names?.(config)).toEqual({
      dnsNames: ['cp1', 'etcd.example.com', 'localhost'],
      ipAddresses: ['192.0.2.10', '127.0.0.1', '::1', '203.0.113.8'],
      unusable: [],
    });
    expect(etcdPeer.names?.(config)).toEqual({
      dnsNames: ['cp1', 'localhost', 'peer.example.com'],
      ipAddresses: ['192.0.2.10', '127.0.0.1', '::1'],
      unusable: [],
    });
  });
});

describe('periods', () => {
  it('start five minutes before the process and end with the period of the configuration', () => {
    const hourMs = 3_600_000;
    const config = initConfig({ cluster: { certificateValidityPeriodMs: hourMs, caCertificateValidityPeriodMs: 2 * hourMs } });
    expect(leafPeriod(config, 0)).toEqual({ notBeforeMs: -300_000, notAfterMs: hourMs });
    expect(authorityPeriod(config, 0)).toEqual({ notBeforeMs: -300_000, notAfterMs: 2 * hourMs });
  });
});

describe('a serial number', () => {
  it('has at most 63 bits and is never zero', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (first) => {
        const answers = [first, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 7)];
        const value = serialNumber(() => answers.shift()!);
        expect(value > 0n && value < 2n ** 63n - 1n).toBe(true);
      }),
    );
  });

  it.each([
    ['zero', Buffer.alloc(8)],
    ['the largest number', Buffer.from('7fffffffffffffff', 'hex')],
    ['zero beside the first bit', Buffer.from('8000000000000000', 'hex')],
  ])('is drawn again after %s', (_, first) => {
    const answers = [first, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 7)];
    expect(serialNumber(() => answers.shift()!)).toBe(7n);
  });
});
