/** Checks `KubernetesVersion` and `KubeletVersion`: this program knows the release to deploy, and the installed kubelet fits it. */
import { isProblemError } from 'phaserunner';
import type { Version } from '../formats/version.ts';
import type { Programs } from '../host/port.ts';
import { referenceVersion } from '../product.ts';
import type { Check, Finding } from './check.ts';

export const kubernetesVersion: Check = {
  name: 'KubernetesVersion',
  severity: 'warning',
  about:
    'Compares the Kubernetes version to deploy with the newest one whose needs this program knows for certain. What is newer, pre-releases included, may need what this program does not do: take a newer release of this program, or an older Kubernetes.',
  run: async ({ config }) => {
    const [{ compareVersions, parseVersion }, { newestRelease }] = await Promise.all([
      import('../formats/version.ts'),
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

const timeoutMs = 10_000;

/** First minor of Kubernetes 1 whose kubeadm accepts kubelets three minors older instead of one. @see https://github.com/kubernetes/kubernetes/pull/120825 */
const wideWindowSince = 29;

export const kubeletVersion: Check = {
  name: 'KubeletVersion',
  severity: 'error',
  about:
    'Asks the installed kubelet for its version (kubelet --version). It may be some minors older than the Kubernetes version to deploy, never newer: install a kubelet of the same minor.',
  run: async ({ config, installedKubelet }) => {
    const kubelet = await installedKubelet();
    if ('summary' in kubelet) return [kubelet];
    const { compareVersions, parseVersion } = await import('../formats/version.ts');
    const target = parseVersion(config.cluster.kubernetesVersion);
    const minimum = target && parseVersion(minimumFor(target));
    if (target === undefined || minimum === undefined) return [];
    const remedy = `Install a kubelet ${target.major}.${target.minor}.`;
    const facts = `the kubelet has version ${kubelet.text}`;
    const isTooNew = kubelet.major > target.major || (kubelet.major === target.major && kubelet.minor > target.minor);
    return [
      ...(compareVersions(kubelet, minimum) < 0 ? [{ summary: `${facts}, at least ${minimum.text} is needed`, remedy }] : []),
      ...(isTooNew ? [{ summary: `${facts}, which is newer than the ${target.text} to be deployed`, remedy }] : []),
    ];
  },
};

/**
 * Oldest kubelet for a cluster of `target`. The window is counted from kubeadm's minor: that of the reference also deploys the minor
 * before its own, every other one is taken to deploy its own.
 */
function minimumFor({ major, minor }: Version): string {
  const referenceMinor = Number(referenceVersion.split('.')[1]);
  const from = minor === referenceMinor - 1 ? referenceMinor : minor;
  return `v${major}.${Math.max(0, from - (from >= wideWindowSince ? 3 : 1))}.0`;
}

/** Asks the installed kubelet for its version, or finds out why it is not to be had. */
export async function askKubeletVersion(programs: Programs): Promise<Version | Finding> {
  const argv = ['kubelet', '--version'] as const;
  const summary = `cannot execute "${argv.join(' ')}"`;
  try {
    const { exitCode, stdout, stderr } = await programs.ask(argv, timeoutMs);
    if (exitCode !== 0) return { summary: `${summary}: exit code ${exitCode}`, detail: (stderr || stdout).trim() };
    const { parseVersion } = await import('../formats/version.ts');
    const text = /^Kubernetes (v\S+)$/.exec(stdout.trim())?.[1];
    const version = text === undefined ? undefined : parseVersion(text);
    return version ?? { summary: `"${argv.join(' ')}" has not answered with a version but with ${JSON.stringify(stdout.trim())}` };
  } catch (error) {
    if (!isProblemError(error)) throw error;
    const { summary: reason, detail = reason } = error.problem;
    // Where programs of another root are not run, the user may know that it is there.
    const unavoidable = detail === 'kubelet is not on PATH' ? ({ unavoidable: true } as const) : {};
    return {
      summary: `${summary}: ${detail}`,
      remedy: 'Install the kubelet, or add its folder to PATH.',
      cause: error.problem.cause,
      ...unavoidable,
    };
  }
}
