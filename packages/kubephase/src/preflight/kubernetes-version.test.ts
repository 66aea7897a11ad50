import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { kubernetesVersion } from './kubernetes-version.ts';

test.each([
  ['v1.20.15', []],
  ['v1.36.99', []],
  ['v1.37.0-alpha.0', ['warning']],
  ['v1.37.0', ['warning']],
  ['v2.0.0', ['warning']],
  ['stable', ['error']],
])('the version %s is judged', async (version, severities) => {
  const config = initConfig({ cluster: { kubernetesVersion: version } });
  const findings = await kubernetesVersion.run(checkContext({ config }));
  expect(findings.map(({ severity }) => severity ?? kubernetesVersion.severity)).toEqual(severities);
});

test('the warning has both versions', async () => {
  const config = initConfig({ cluster: { kubernetesVersion: 'v1.37.1' } });
  expect(await kubernetesVersion.run(checkContext({ config }))).toMatchObject([
    { summary: 'Kubernetes v1.37.1 is newer than 1.36, the newest that this program knows for certain' },
  ]);
});
