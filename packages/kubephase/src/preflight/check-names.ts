/** Names of preflight checks, of other versions and commands too, and the problem with a name that no check has. */
import { nearest, quotable, type Problem } from 'phaserunner';
import { problem } from '../problems/catalogue.ts';

/** Checks of `init` whose names are always the same. */
const ofInit = [
  'IsPrivilegedUser',
  'NumCPU',
  'Mem',
  'KubernetesVersion',
  'Firewalld',
  'HTTPProxy',
  'HTTPProxyCIDR',
  'CRI',
  'ContainerRuntimeVersion',
  'Swap',
  'SystemVerification',
  'Hostname',
  'KubeletVersion',
  'Service-kubelet',
  'ExternalEtcdVersion',
  'ExternalEtcdClientCertificates',
  'ImagePull',
] as const;

/** Checks of `upgrade` in kubeadm: a file or a script may name them for all commands. */
const ofUpgrade = ['CoreDNSUnsupportedPlugins', 'CoreDNSMigration', 'CreateJob', 'ControlPlaneNodesReady', 'StaticPodManifest'] as const;

/** What kubeadm used to check; scripts still name it. */
const ofOldVersions = ['IsDockerSystemdCheck', 'Service-Docker'] as const;

/** Programs that kubeadm of some version looks for. */
const programs: readonly string[] = 'conntrack cp crictl ebtables ethtool ip iptables losetup mount nsenter socat tc touch xcopy'.split(
  ' ',
);

/** Settings of the kernel below /proc/sys, whose names never change. */
const settings = [
  'net-ipv4-ip_forward',
  'net-ipv6-conf-default-forwarding',
  'net-bridge-bridge-nf-call-iptables',
  'net-bridge-bridge-nf-call-ip6tables',
] as const;

/** Names with a value of the configuration in them. A path has its slashes as dashes, so that it begins with one. */
const patterns: readonly RegExp[] = [/^port-\d{1,5}$/, /^(file|dir)available--./, /^fileexisting--./];

/** Names with usual values, for suggestions. */
const usual: readonly string[] = [
  ...[6443, 10_259, 10_257, 10_250, 2379, 2380].map((port) => `Port-${port}`),
  ...['kube-apiserver.yaml', 'kube-controller-manager.yaml', 'kube-scheduler.yaml', 'etcd.yaml'].map(
    (file) => `FileAvailable--etc-kubernetes-manifests-${file}`,
  ),
  ...['kubelet.conf', 'bootstrap-kubelet.conf', 'pki-ca.crt'].map((file) => `FileAvailable--etc-kubernetes-${file}`),
  'DirAvailable--var-lib-etcd',
];

const fixed: readonly string[] = [
  ...ofInit,
  ...ofUpgrade,
  ...ofOldVersions,
  ...programs.map((program) => `FileExisting-${program}`),
  ...settings.map((setting) => `FileContent--proc-sys-${setting}`),
];
const lowerCase: ReadonlySet<string> = new Set(fixed.map((name) => name.toLowerCase()));

/** Whether a check of that name exists in some version and configuration of some command. Case does not count. */
export function isCheckName(name: string): boolean {
  const lower = name.toLowerCase();
  return lowerCase.has(lower) || patterns.some((pattern) => pattern.test(lower));
}

/** The name that `name` was probably meant to be. */
export function nearestCheckName(name: string): string | undefined {
  return nearest(name, [...fixed, ...usual]);
}

/** Why a check that exists is not one of `init` here; undefined for others. */
export function absenceOf(name: string): string | undefined {
  const isIn = (names: readonly string[]): boolean => names.some((one) => one.toLowerCase() === name.toLowerCase());
  if (isIn(ofUpgrade)) return 'It belongs to `upgrade`, which this release does not have yet.';
  if (isIn(ofOldVersions)) return 'Old versions of kubeadm had it. The name is accepted and has no effect.';
  return undefined;
}

/** Returns a problem for each name that is misspelt: who gives it believes that an error would only warn. */
export function unknownIgnoredChecks(ignored: readonly string[]): readonly Problem[] {
  return ignored.filter((name) => name !== 'all' && !isCheckName(name)).map((name) => unknownCheck(name, ignoredPlace));
}

const ignoredPlace = '--ignore-preflight-errors or ignorePreflightErrors of the configuration';

/** @param place where the name was given */
export function unknownCheck(name: string, place: string): Problem {
  const meant = nearestCheckName(name);
  return problem('PREFLIGHT_CHECK_UNKNOWN', {
    summary: `there is no preflight check ${JSON.stringify(quotable(name))}`,
    remedy: `${meant === undefined ? '' : `Did you mean ${meant}? `}\`preflight list\` shows all checks.`,
    where: { object: place },
  });
}
