import { describe, expect, test } from 'vitest';
import { initConfig } from '../../test/fixtures/init-config.ts';
import type { InitConfig, NodeRegistration } from '../config/types.ts';
import { parseVersion } from '../formats/version.ts';
import { withGates } from '../releases/gates.ts';
import { releaseFor } from '../releases/index.ts';
import { instanceFile, kubeletFlagsFile, resolvConfWarning, withResolvConf } from './kubelet.ts';

interface Case {
  readonly version?: string;
  readonly registration?: Partial<NodeRegistration>;
  readonly featureGates?: InitConfig['cluster']['featureGates'];
  readonly hostName?: string;
}

function flags({ version = 'v1.36.2', registration = {}, featureGates = {}, hostName = 'cp1' }: Case): string {
  const base = initConfig({ cluster: { kubernetesVersion: version, featureGates } });
  const config = { ...base, nodeRegistration: { ...base.nodeRegistration, ...registration } };
  const text = kubeletFlagsFile({ config, release: withGates(releaseFor(parseVersion(version)!)!, featureGates), hostName });
  expect(text).toMatch(/^KUBELET_KUBEADM_ARGS=".*"\n$/);
  return text.slice('KUBELET_KUBEADM_ARGS="'.length, -2);
}

const socket = 'unix:///var/run/containerd/containerd.sock';
const args = (...pairs: readonly (readonly [string, string])[]) => ({ kubeletExtraArgs: pairs.map(([name, value]) => ({ name, value })) });

describe('kubeadm-flags.env', () => {
  test.each<[string, Case, string]>([
    ['nothing to say', {}, ''],
    ['another name than the machine', { hostName: 'host' }, '--hostname-override=cp1'],
    ['the same name in capitals', { hostName: ' CP1\n' }, ''],
    [
      'arguments of the user, in their order, with duplicates',
      { hostName: 'host', registration: args(['v', '4'], ['node-labels', 'a=b'], ['node-labels', 'c=d']) },
      '--hostname-override=cp1 --v=4 --node-labels=a=b --node-labels=c=d',
    ],
    ['the user’s own node name', { hostName: 'host', registration: args(['hostname-override', 'x']) }, '--hostname-override=x'],
    ['the socket as a flag, by feature gate', { featureGates: { NodeLocalCRISocket: false } }, `--container-runtime-endpoint=${socket}`],
    ['characters with a meaning', { registration: args(['x', 'a"b\\c\td\u0001$é']) }, '--x=a\\"b\\\\c\\td\\x01$é'],
    ['1.34', { version: 'v1.34.2' }, '--pod-infra-container-image=registry.k8s.io/pause:3.10.1'],
    ['1.33', { version: 'v1.33.0' }, `--container-runtime-endpoint=${socket} --pod-infra-container-image=registry.k8s.io/pause:3.10`],
    [
      '1.33 with the gate',
      { version: 'v1.33.0', featureGates: { NodeLocalCRISocket: true } },
      '--pod-infra-container-image=registry.k8s.io/pause:3.10',
    ],
    [
      '1.25',
      { version: 'v1.25.0' },
      `--container-runtime=remote --container-runtime-endpoint=${socket} --pod-infra-container-image=registry.k8s.io/pause:3.8`,
    ],
    [
      '1.23 with Docker',
      { version: 'v1.23.0', registration: { criSocket: 'unix:///var/run/dockershim.sock' } },
      '--network-plugin=cni --pod-infra-container-image=registry.k8s.io/pause:3.6',
    ],
    ['1.20', { version: 'v1.20.2' }, `--container-runtime=remote --container-runtime-endpoint=${socket}`],
    [
      '1.20 with Docker',
      { version: 'v1.20.2', registration: { criSocket: 'unix:///var/run/dockershim.sock' } },
      '--network-plugin=cni --pod-infra-container-image=registry.k8s.io/pause:3.2',
    ],
    [
      '1.33 with arguments of the user, sorted',
      { version: 'v1.33.0', registration: args(['v', '4'], ['cgroup-root', '/x']) },
      `--cgroup-root=/x --container-runtime-endpoint=${socket} --pod-infra-container-image=registry.k8s.io/pause:3.10 --v=4`,
    ],
  ])('%s', (_, given, expected) => {
    expect(flags(given)).toBe(expected);
  });
});

describe('config.yaml', () => {
  const document = { kind: 'KubeletConfiguration' };

  test('resolvConf is set on a copy when the user left it open', () => {
    expect(withResolvConf(document)).toEqual({ ...document, resolvConf: '/run/systemd/resolve/resolv.conf' });
    expect(withResolvConf({ ...document, resolvConf: '/mine' })).toEqual({ ...document, resolvConf: '/mine' });
    expect(document).toEqual({ kind: 'KubeletConfiguration' });
  });

  test.each([
    [undefined, false],
    ['', false],
    ['/run/systemd/resolve/resolv.conf', false],
    ['/mine', true],
  ])('resolvConf %j warns: %s', (resolvConf, warns) => {
    expect(resolvConfWarning(resolvConf === undefined ? document : { ...document, resolvConf }) !== undefined).toBe(warns);
  });

  test('the instance file has its quotes', () => {
    expect(instanceFile('unix:///a')).toBe('containerRuntimeEndpoint: "unix:///a"\n');
  });
});
