import { expect, test } from 'vitest';
import { clusterText, loadText, succeeded } from '../load.cases.ts';

const init = (version: string, fields = '') => `apiVersion: kubeadm.k8s.io/${version}\nkind: InitConfiguration\n${fields}\n`;
const old = (fields: string) => clusterText(fields).replace('v1beta4', 'v1beta3');

test('argument maps become lists sorted by name', async () => {
  const text = `${init('v1beta3', 'nodeRegistration: {criSocket: /run/x.sock, taints: [], kubeletExtraArgs: {v: "5", node-ip: 1.2.3.4}}')}---\n${old(
    'apiServer: {certSANs: [UPPER.io], extraArgs: {z: "1", a: null}}\netcd: {local: {dataDir: /data, extraArgs: {z: "1", b: "2"}}}\ncontrollerManager: {extraVolumes: [{name: x, hostPath: /x, mountPath: /y}]}',
  )}`;
  const { config, warnings } = succeeded(await loadText(text));
  expect(config.nodeRegistration).toMatchObject({
    criSocket: 'unix:///run/x.sock',
    taints: [],
    imagePullSerial: true,
    kubeletExtraArgs: [
      { name: 'node-ip', value: '1.2.3.4' },
      { name: 'v', value: '5' },
    ],
  });
  expect(config.cluster).toMatchObject({
    encryptionAlgorithm: 'RSA-2048',
    apiServer: {
      certSANs: ['upper.io'],
      extraArgs: [
        { name: 'a', value: '' },
        { name: 'z', value: '1' },
      ],
    },
    controllerManager: { extraVolumes: [{ name: 'x', hostPath: '/x', mountPath: '/y', readOnly: false, pathType: '' }] },
    etcd: {
      local: {
        dataDir: '/data',
        extraArgs: [
          { name: 'b', value: '2' },
          { name: 'z', value: '1' },
        ],
      },
    },
  });
  expect(warnings.map(({ code }) => code)).toEqual([
    'CONFIG_API_VERSION_DEPRECATED',
    'CONFIG_API_VERSION_DEPRECATED',
    'CONFIG_VALUE_ADJUSTED',
  ]);
});

test.each([
  ['7m', '9m', 7],
  ['4m', '9m', 9],
  ['0s', '9m', 9],
])('timeoutForControlPlane %s beats the newer field %s unless it is the default or zero', async (timeout, newer, minutes) => {
  const text = `${init('v1beta4', `timeouts: {controlPlaneComponentHealthCheck: ${newer}}`)}---\n${old(`apiServer: {timeoutForControlPlane: ${timeout}}`)}`;
  expect(succeeded(await loadText(text)).config.timeouts.controlPlaneComponentHealthCheckMs).toBe(minutes * 60_000);
});

test.each([
  'encryptionAlgorithm: RSA-2048',
  'proxy: {}',
  'dns: {disabled: true}',
  'apiServer: {extraEnvs: []}',
  'etcd: {external: {endpoints: ["https://a"], httpEndpoints: []}}',
])('fields of v1beta4 are unknown in v1beta3: %s', async (fields) => {
  expect(succeeded(await loadText(old(fields))).warnings).toContainEqual(expect.objectContaining({ code: 'CONFIG_UNKNOWN_FIELD' }));
});

test('kinds that came with v1beta4 do not exist in v1beta3', async () => {
  const text = `${clusterText('')}---\napiVersion: kubeadm.k8s.io/v1beta3\nkind: ResetConfiguration\n`;
  expect(succeeded(await loadText(text)).warnings).toMatchObject([{ code: 'CONFIG_UNKNOWN_KIND' }]);
});
