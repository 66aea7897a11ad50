import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readYaml } from '../formats/yaml/read.ts';
import { loadText, succeeded } from './load.cases.ts';

const folder = process.env['KUBEPHASE_CONFORMANCE'] ?? fileURLToPath(new URL('../../../../../shared/conformance', import.meta.url));
const cases = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/config.yaml`)) : [];

test.runIf(cases.length === 0)('conformance configurations', ({ skip }) => {
  skip(`there are none at ${folder}; set KUBEPHASE_CONFORMANCE`);
});

test.each(cases)('the conformance configuration %s loads', async (name) => {
  const { config, release } = succeeded(await loadText(readFileSync(`${folder}/${name}/config.yaml`, 'utf8')));
  expect(release.version).toBe('v1.36.2');
  expect(config.nodeRegistration.name).toBe('cp1');
  expect(config.localAPIEndpoint.advertiseAddress).toBe('192.0.2.10');
});

const kubeletFile = (name: string) => `${folder}/${name}/expected/var/lib/kubelet/config.yaml`;

test.each(cases.filter((name) => existsSync(kubeletFile(name)) && name !== '11-patches'))(
  'the kubelet configuration of %s is as expected',
  async (name) => {
    const { config } = succeeded(await loadText(readFileSync(`${folder}/${name}/config.yaml`, 'utf8')));
    const expected = readYaml(readFileSync(kubeletFile(name), 'utf8'));
    // The socket of the container runtime is added when the file is written.
    expect({ ...config.kubelet.document, containerRuntimeEndpoint: config.nodeRegistration.criSocket }).toEqual(
      'data' in expected ? expected.data : expected,
    );
  },
);
