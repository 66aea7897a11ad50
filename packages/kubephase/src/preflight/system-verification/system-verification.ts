/** Check `SystemVerification`: the kernel and its control groups are what Kubernetes needs. */
import type { Check, CheckContext, Finding } from '../check.ts';
import { findCgroups, judgeCgroups, type Cgroups } from './cgroups.ts';
import { judgeKernelOptions, readKernelConfig } from './kernel-config.ts';

/** Kernels with long support, and everything from 6.0 on. */
const knownKernels = /^(5\.(4|10|15)|([6-9]|[1-9]\d+)\.\d+\.\d+)/;
const supported = '5.4, 5.10, 5.15, or 6.0 and later';

/** First kubelet that refuses control groups of version 1, its pre-releases included. */
const refusing = 'v1.35.0-0';

export const systemVerification: Check = {
  name: 'SystemVerification',
  severity: 'error',
  about:
    'Looks at the release and the build options of the kernel, at the control groups (cgroups), and whether this is Linux at all. Containers and their limits need them: the finding names what is missing. With cgroups of version 1, kubelets from 1.35 on need failCgroupV1: false, and this check has to be ignored.',
  run: async ({ host, installedKubelet }) => {
    const kubelet = await installedKubelet();
    if ('summary' in kubelet) return [{ ...kubelet, subjectOf: 'KubeletVersion' }];
    const { compareVersions, parseVersion } = await import('../../formats/version.ts');
    const first = parseVersion(refusing);
    const refused = first !== undefined && compareVersions(kubelet, first) >= 0;
    const cgroups = await findCgroups(host);
    const findings = await Promise.all([kernelFindings(host, cgroups), systemFindings(host), cgroupFindings(host, cgroups, refused)]);
    return findings.flat();
  },
};

type Machine = CheckContext['host'];

async function kernelFindings(host: Machine, cgroups: Cgroups | undefined): Promise<readonly Finding[]> {
  const release = await kernelWord(host, 'osrelease');
  if (release === undefined) return [silent('its release')];
  const version: readonly Finding[] = knownKernels.test(release)
    ? []
    : [{ severity: 'warning', summary: `Kubernetes is not tested with Linux ${release}, only with ${supported}` }];
  return [...version, ...(await optionFindings(host, release, cgroups))];
}

async function optionFindings(host: Machine, release: string, cgroups: Cgroups | undefined): Promise<readonly Finding[]> {
  const config = await readKernelConfig(host, release);
  if (config === undefined) {
    return [
      {
        summary: 'the options that the kernel was built with are not to be found',
        detail: `There is neither /proc/config.gz nor /boot/config-${release} nor one of the other usual files, and the kernel module "configs" cannot be loaded.`,
        remedy: 'Install the package with the configuration of the kernel. In a container, where there is none, ignore this check.',
      },
    ];
  }
  const { missing, report } = judgeKernelOptions(config, cgroups?.version);
  if (missing.length === 0) return [];
  return [
    {
      summary: `the kernel lacks required options: ${missing.join(' ')}`,
      detail: report.join('\n'),
      remedy: 'Start a kernel that was built with them.',
    },
  ];
}

async function systemFindings(host: Machine): Promise<readonly Finding[]> {
  const system = await kernelWord(host, 'ostype');
  if (system === undefined) return [silent('its name')];
  return system === 'Linux' ? [] : [{ summary: `a node has to run Linux, this machine runs ${system}` }];
}

async function cgroupFindings(host: Machine, cgroups: Cgroups | undefined, refused: boolean): Promise<readonly Finding[]> {
  if (cgroups !== undefined) return judgeCgroups(host, cgroups, refused);
  return [{ summary: 'no control groups are mounted', remedy: 'Mount them: mount -t cgroup2 none /sys/fs/cgroup.' }];
}

/** What `uname` tells. @see proc_sys_kernel(5) */
async function kernelWord(host: Machine, name: 'osrelease' | 'ostype'): Promise<string | undefined> {
  return (await host.files.readText(`/proc/sys/kernel/${name}`))?.trim();
}

function silent(what: string): Finding {
  return { summary: `the kernel does not tell ${what}`, remedy: 'Mount /proc: mount -t proc proc /proc.' };
}
