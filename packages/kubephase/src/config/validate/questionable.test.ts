import { expect, test } from 'vitest';
import { clusterText, initText, loadText, succeeded } from '../load.cases.ts';

const volume = (name: string, mountPath: string) => `{name: ${name}, hostPath: /h, mountPath: ${mountPath}}`;
const volumes = (component: string, ...list: readonly string[]) => `${component}: {extraVolumes: [${list.join(', ')}]}`;

async function warnedFields(text: string): Promise<readonly string[]> {
  const { warnings } = succeeded(await loadText(text));
  return warnings.flatMap(({ code, where }) => (code === 'CONFIG_QUESTIONABLE_VALUE' ? [where?.field ?? ''] : []));
}

test.each<[string, readonly string[]]>([
  ['apiServer: {extraArgs: [{name: --v, value: "4"}, {name: v, value: "4"}]}', ['apiServer.extraArgs.0.name']],
  ['etcd: {local: {extraArgs: [{name: -debug, value: "true"}]}}', ['etcd.local.extraArgs.0.name']],
  [volumes('apiServer', volume('k8s-certs', '/a')), ['apiServer.extraVolumes.0.name']],
  [volumes('apiServer', volume('kubeconfig', '/a')), []],
  [volumes('scheduler', volume('kubeconfig', '/a')), ['scheduler.extraVolumes.0.name']],
  [volumes('controllerManager', volume('flexvolume-dir', '/a')), []],
  [
    `kubernetesVersion: v1.30.2\n${volumes('controllerManager', volume('flexvolume-dir', '/a'))}`,
    ['controllerManager.extraVolumes.0.name'],
  ],
  [volumes('controllerManager', volume('a', '/a'), volume('a', '/b')), ['controllerManager.extraVolumes.1.name']],
  [volumes('apiServer', volume('a', '/a'), volume('b', '/a')), ['apiServer.extraVolumes.1.mountPath']],
  [volumes('apiServer', volume('a', '/etc/ssl/certs')), ['apiServer.extraVolumes.0.mountPath']],
  [volumes('apiServer', volume('a', '/etc/kubernetes/pki')), ['apiServer.extraVolumes.0.mountPath']],
  [volumes('scheduler', volume('a', '/etc/kubernetes/pki')), []],
  [`certificatesDir: /pki\n${volumes('apiServer', volume('a', '/etc/kubernetes/pki'))}`, []],
  [volumes('apiServer', volume('a', '/a'), volume('b', '/b')), []],
])('%s warns about %j', async (fields, warned) => {
  expect(await warnedFields(clusterText(fields))).toEqual(warned);
});

test.each<[string, readonly string[]]>([
  ['nodeRegistration: {kubeletExtraArgs: [{name: --node-ip, value: 10.0.0.5}]}', ['nodeRegistration.kubeletExtraArgs.0.name']],
  ['bootstrapTokens: [{expires: "2020-01-01T00:00:00Z"}]', ['bootstrapTokens.0.expires']],
  ['bootstrapTokens: [{}, {expires: "2999-01-01T00:00:00Z"}]', []],
])('%s warns about %j', async (fields, warned) => {
  expect(await warnedFields(initText(fields))).toEqual(warned);
});
