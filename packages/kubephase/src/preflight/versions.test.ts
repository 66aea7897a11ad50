import { describe, expect, it, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import type { MemoryPrograms } from '../host/memory/machine.ts';
import { failure } from '../problems/catalogue.ts';
import { openChecks } from './open.ts';
import { kubeletVersion, kubernetesVersion } from './versions.ts';

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

test.each([
  ['v1.36.2', 'v1.36.2', []],
  ['v1.36.2', 'v1.36.9', []],
  ['v1.36.2', 'v1.36.0-eks-1234+build', []],
  ['v1.36.2', 'v1.33.0', []],
  ['v1.36.2', 'v1.33.0-rc.1', ['the kubelet has version v1.33.0-rc.1, at least v1.33.0 is needed']],
  ['v1.36.2', 'v1.32.9', ['the kubelet has version v1.32.9, at least v1.33.0 is needed']],
  ['v1.36.2', 'v1.37.0', ['the kubelet has version v1.37.0, which is newer than the v1.36.2 to be deployed']],
  ['v1.36.2', 'v2.0.0', ['the kubelet has version v2.0.0, which is newer than the v1.36.2 to be deployed']],
  ['v1.35.0', 'v1.32.0', ['the kubelet has version v1.32.0, at least v1.33.0 is needed']],
  ['v1.35.0', 'v1.33.0', []],
  ['v1.34.0', 'v1.31.0', []],
  ['v1.29.0', 'v1.26.0', []],
  ['v1.28.0', 'v1.26.0', ['the kubelet has version v1.26.0, at least v1.27.0 is needed']],
  ['v1.20.2', 'v1.19.0', []],
])('for a cluster of %s the kubelet %s is judged', async (target, kubelet, summaries) => {
  const config = initConfig({ cluster: { kubernetesVersion: target } });
  const findings = await kubeletVersion.run(
    checkContext({ config, host: { programs: { 'kubelet --version': `Kubernetes ${kubelet}\n` } } }),
  );
  expect(findings.map(({ summary }) => summary)).toEqual(summaries);
});

describe('the installed kubelet', () => {
  it.each<[string, MemoryPrograms, string]>([
    ['is missing', {}, 'cannot execute "kubelet --version": kubelet is not on PATH'],
    ['fails', { 'kubelet --version': { exitCode: 1, stderr: 'wrong machine\n' } }, 'cannot execute "kubelet --version": exit code 1'],
    [
      'does not end',
      { 'kubelet --version': failure('COMMAND_TIMED_OUT', { summary: 'it did not end' }) },
      'cannot execute "kubelet --version": it did not end',
    ],
    ['says something else', { 'kubelet --version': 'v1.36.2\n' }, '"kubelet --version" has not answered with a version but with "v1.36.2"'],
    [
      'says more',
      { 'kubelet --version': 'Kubernetes v1.36.2\nmore\n' },
      String.raw`"kubelet --version" has not answered with a version but with "Kubernetes v1.36.2\nmore"`,
    ],
    [
      'has a number that is none',
      { 'kubelet --version': 'Kubernetes v1.36\n' },
      '"kubelet --version" has not answered with a version but with "Kubernetes v1.36"',
    ],
  ])('is told when it %s', async (_, programs, summary) => {
    expect(await kubeletVersion.run(checkContext({ host: { programs } }))).toMatchObject([{ summary }]);
  });

  it('is asked once, however many ask', async () => {
    const host = createMemoryHost({ programs: { 'kubelet --version': 'Kubernetes v1.36.2' } });
    const { installedKubelet } = openChecks({ ...checkContext(), host }, new AbortController().signal);
    const answers = await Promise.all([installedKubelet(), installedKubelet()]);
    expect([...answers, await installedKubelet()]).toMatchObject([{ minor: 36 }, { minor: 36 }, { minor: 36 }]);
    expect(host.programs.calls).toEqual(['kubelet --version']);
  });
});
