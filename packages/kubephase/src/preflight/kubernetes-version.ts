/** Check `KubernetesVersion`: this program knows the release that it is to deploy. */
import type { Check } from './check.ts';

export const kubernetesVersion: Check = {
  name: 'KubernetesVersion',
  severity: 'warning',
  about:
    'Compares the Kubernetes version to deploy with the newest one whose needs this program knows for certain. What is newer, pre-releases included, may need what this program does not do: take a newer release of this program, or an older Kubernetes.',
  run: async ({ config }) => {
    const [{ compareVersions, parseVersion }, { newestRelease }] = await Promise.all([
      import('../formats/version/version.ts'),
      import('../releases/index.ts'),
    ]);
    const { kubernetesVersion: text } = config.cluster;
    const target = parseVersion(text);
    if (target === undefined) return [{ severity: 'error', summary: `${JSON.stringify(text)} is not a version of Kubernetes` }];
    const { minor } = newestRelease();
    const [major, number] = minor.split('.').map(Number);
    // Sorts before every pre-release of the next minor.
    const next = parseVersion(`v${major}.${Number(number) + 1}.0-0`);
    if (next === undefined || compareVersions(target, next) < 0) return [];
    return [
      {
        summary: `Kubernetes ${target.text} is newer than ${minor}, the newest that this program knows for certain`,
        remedy: `Use a newer release of this program, or --kubernetes-version with a version of ${minor}.`,
      },
    ];
  },
};
