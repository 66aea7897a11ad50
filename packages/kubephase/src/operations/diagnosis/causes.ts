/** Causes that are recognised, the telling ones first: what follows from another fault stands last. Rows are data. */
import type { Cause } from './cause.ts';
import { kubeletCauses } from './kubelet-causes.ts';

const emptyData = 'If nothing in the data folder of etcd is needed, reset the node, which empties it, and run init again.';

/** Only etcd has them. */
const etcdCauses = [
  {
    id: 'etcd-member-known',
    pattern: /member \S+ has already been bootstrapped/,
    means: 'The etcd cluster knows this member already, but its data folder is empty or of another member',
    remedy: 'Remove the old member with etcdctl member remove, or bring back its data.',
    final: true,
  },
  {
    id: 'etcd-other-cluster',
    pattern:
      /cluster ?ID mismatch|couldn't find local name "[^"]*" in the initial cluster|initial-cluster has .* but missing from|member count is unequal/i,
    means: 'The data folder of etcd comes from another cluster or another member',
    remedy: emptyData,
    final: true,
  },
  {
    id: 'etcd-downgrade',
    pattern: /cluster cannot be downgraded|invalid downgrade/,
    means: 'The data of etcd was written by a newer version',
    remedy: 'Use an etcd that is at least as new, or data of an older one.',
    final: true,
  },
  {
    id: 'etcd-data-damaged',
    pattern:
      /crc mismatch|failed to recover v3 backend|freepages: failed to get all reachable pages|invalid database|wal: .*(corrupt|unexpected EOF)|file size too small|assertion failed: Page expected|failed to find database snapshot file/,
    means: 'The data of etcd is damaged',
    remedy: `Restore a snapshot. ${emptyData}`,
    final: true,
  },
  {
    id: 'etcd-space',
    pattern: /database space exceeded|alarm:NOSPACE/,
    means: 'The database of etcd has reached its limit',
    remedy: 'Compact and defragment it with etcdctl, then clear the alarm with etcdctl alarm disarm.',
    final: false,
  },
] as const satisfies readonly Cause[];

const startCauses = [
  {
    id: 'unknown-flag',
    // The kubelet of 1.20 names only the flag, 1.21 to 1.23 say that they "Failed to parse kubelet flag", later ones put the flag behind it.
    pattern:
      /unknown (shorthand )?flag|[Ff]ailed to (parse|validate) kubelet flags?\b|^"?[Uu]nknown command\b|err="unknown command|flag provided but not defined|invalid argument ".*" for ".*" flag|flag needs an argument|bad flag syntax|error verifying flags|is not a valid flag|-admission-plugins plugin "[^"]*" is unknown|unknown api groups|(^Error: |err=")\[?--[\w-]+ (must|is|should|cannot|can not|requires|has to)\b/,
    means: 'It was started with a flag, or a value of a flag, that its version does not know',
    remedy: 'Correct extraArgs or kubeletExtraArgs in the configuration, or the patches.',
    final: true,
  },
  {
    id: 'address-in-use',
    pattern: /address already in use/,
    means: 'Another process has the port that it needs',
    remedy: 'Find that process with ss -ltnp and end it, or configure another port.',
    final: true,
  },
  {
    id: 'address-absent',
    pattern: /cannot assign requested address/,
    means: 'It shall listen on an address that this machine does not have',
    remedy: 'Compare localAPIEndpoint.advertiseAddress and the addresses in the manifests with ip address.',
    final: true,
  },
  {
    id: 'disk-full',
    // A limit for watches has the same text.
    pattern: /^(?!.*inotify).*(no space left on device|disk quota exceeded)/,
    means: 'A file system is full',
    remedy: 'Find it with df -h and make room, in /var/lib/etcd, /var/lib/containerd and /var/log first.',
    final: false,
  },
  {
    id: 'permission-denied',
    // A kubelet that may not raise its limit of open files works on.
    pattern: /^(?!.*set rlimit on max file handles).*(permission denied|operation not permitted)/i,
    means: 'It may not read or write a file',
    remedy: 'Look at owner and mode of the file that the line names, and at the audit log of SELinux or AppArmor.',
    final: true,
  },
  {
    id: 'wrong-platform',
    pattern: /exec format error/i,
    means: 'The program in its image is made for another processor',
    remedy: 'Use an image that is made for the processor of this machine.',
    final: true,
  },
  {
    id: 'program-missing',
    pattern: /executable file (\S+ )?not found in \$?PATH|exec: "[^"]+": stat [^:]+: no such file or directory/i,
    means: 'Its image does not hold the program that the manifest starts',
    remedy: 'Look whether the image in the manifest is the right one and complete.',
    final: true,
  },
  {
    id: 'certificate-unusable',
    pattern:
      /private key does not match public key|failed to find any PEM data|failed to find (PEM block|certificate PEM data)|does not contain (a |any )?valid (RSA|ECDSA|PEM|public|private)|asn1: (structure|syntax) error/,
    means: 'A certificate or a key cannot be read, or the two do not belong together',
    remedy: 'Move the files that the line names away, have them made again with init phase certs, and run init again.',
    final: true,
  },
  {
    id: 'component-configuration',
    pattern: /strict decoding error|error while parsing .*file|loading audit policy file|no kind "[^"]*" is registered for version/,
    means: 'A configuration file that it was told to read is not right',
    remedy: 'Correct the file as the line says.',
    final: true,
  },
  {
    id: 'clock-or-expiry',
    pattern: /certificate has expired or is not yet valid/,
    means: 'A certificate has expired, or the clock of this machine is wrong',
    remedy: 'Compare date -u with the times in the line. Set the clock, or renew the certificate.',
    final: false,
  },
  {
    id: 'foreign-ca',
    pattern: /certificate signed by unknown authority/,
    means: 'A certificate does not belong to the CA that is asked to vouch for it',
    remedy: 'Look whether certificates or kubeconfig files of an earlier cluster were left behind.',
    final: false,
  },
  {
    id: 'out-of-memory',
    pattern:
      /OOMKilled|cannot allocate memory|out of memory|(attempting to reclaim|must evict pod\(s\) to reclaim)"? (resourceName=")?memory/i,
    means: 'The machine has too little memory for it',
    remedy: 'Look at free -m and dmesg, and give the machine more memory.',
    final: false,
  },
  {
    id: 'too-many-files',
    pattern: /too many open files|inotify.*(no space left on device|limit reached)/,
    means: 'A limit for open files or file watches is reached',
    remedy: 'Raise fs.inotify.max_user_instances and fs.inotify.max_user_watches with sysctl, or the limit of open files.',
    final: false,
  },
] as const satisfies readonly Cause[];

/** They look alike in many components, and often they are only the trace of another fault. */
const consequences = [
  {
    id: 'file-missing',
    pattern: /(open|stat|lstat|read) \/[^:]*: no such file or directory/,
    means: 'A file that it was told to read does not exist',
    remedy:
      'Look at the path in the line: the phase that writes the file may have been skipped, or the folder is not mounted into the Pod.',
    final: true,
  },
  {
    id: 'name-unknown',
    pattern: /lookup \S+( on \S+)?: (no such host|i\/o timeout|server misbehaving|Temporary failure)/,
    means: 'A host name cannot be resolved',
    remedy: 'Give the name in the line an entry in /etc/hosts or in the DNS.',
    final: false,
  },
  {
    id: 'etcd-unreachable',
    pattern:
      /transport: Error while dialing:? dial tcp|error creating storage factory: context deadline exceeded|Unable to create storage backend|:(2379|2380)\b.*(connection refused|context deadline exceeded|i\/o timeout)|etcdserver: (request timed out|no leader)/,
    means: 'It does not reach etcd',
    remedy: 'See why etcd does not run or does not answer.',
    final: false,
    of: ['kube-apiserver'],
  },
  {
    id: 'api-server-unreachable',
    pattern: /dial tcp \S+: connect: connection refused|dial tcp \S+: i\/o timeout|failed to wait for apiserver being healthy/i,
    means: 'It does not reach a server that it needs, usually the API server',
    remedy: 'See why the server at the address in the line does not answer.',
    final: false,
    of: ['kube-controller-manager', 'kube-scheduler'],
  },
  {
    id: 'container-not-created',
    pattern: /CreateContainerError/,
    means: 'The container runtime cannot create a container',
    remedy: 'The line says why. If it speaks of the image, remove that from the container runtime, and load or pull it again.',
    final: false,
    of: ['kubelet'],
  },
] as const satisfies readonly Cause[];

/** All of them, in the order in which they are looked for. */
export const causes: readonly Cause[] = [...kubeletCauses, ...etcdCauses, ...startCauses, ...consequences];

/** What a kubelet says before it stops to start containers. */
export const paralyses: readonly Cause[] = causes.flatMap((cause) =>
  cause.paralyses === undefined ? [] : [{ ...cause, pattern: cause.paralyses }],
);

/** Those that `component` can have. */
export function causesOf(component: string): readonly Cause[] {
  return causes.filter(({ of }) => of === undefined || of.includes(component));
}
