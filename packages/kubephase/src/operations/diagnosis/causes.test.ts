import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recognise } from './cause.ts';
import { causes } from './causes.ts';

/** Lines as the programs write them; addresses and names are ours. */
const lines: readonly (readonly [id: string, line: string])[] = [
  ['unknown-flag', 'Error: unknown flag: --enable-swagger'],
  ['unknown-flag', 'Error: invalid argument "many" for "-v, --v" flag: strconv.ParseInt: parsing "many": invalid syntax'],
  [
    'address-in-use',
    'Error: failed to create listener: failed to listen on 0.0.0.0:6443: listen tcp 0.0.0.0:6443: bind: address already in use',
  ],
  ['address-in-use', 'discovery failed: listen tcp 127.0.0.1:2379: bind: address already in use'],
  ['address-in-use', '2026-11-23 03:06:25.732370 C | etcdmain: listen tcp 127.0.0.1:2379: bind: address already in use'],
  ['unknown-flag', 'F1123 03:06:28.614570   11505 server.go:156] unknown flag: --nonsense'],
  // Flags, as 1.20, 1.22 and 1.36 tell of them.
  [
    'unknown-flag',
    `E1123 02:35:31.000000      77 run.go:72] "command failed" err="failed to parse kubelet flag: unknown flag: --no-such-flag"`,
  ],
  ['unknown-flag', `E1123 02:35:31.000000      77 server.go:204] "Failed to parse kubelet flag" err="unknown flag: --no-such-flag"`],
  [
    'unknown-flag',
    String.raw`E1123 02:35:31.000000      77 run.go:74] "command failed" err="failed to parse kubelet flag: invalid argument \"many\" for \"--max-pods\" flag: strconv.ParseInt: parsing \"many\": invalid syntax"`,
  ],
  [
    'unknown-flag',
    `"command failed" err="failed to validate kubelet flags: unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: [a]"`,
  ],
  ['unknown-flag', `"Failed to validate kubelet flags" err="unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: [a]"`],
  ['unknown-flag', `"Unknown command" command="start"`],
  ['unknown-flag', `E1123 02:35:31.000000       1 run.go:72] "command failed" err="unknown flag: --no-such-flag"`],
  [
    'unknown-flag',
    String.raw`E1123 02:35:31.000000       1 run.go:74] "command failed" err="invalid argument \"x\" for \"--v\" flag: syntax"`,
  ],
  ['unknown-flag', String.raw`"command failed" err="enable-admission-plugins plugin \"PodPreset\" is unknown"`],
  ['unknown-flag', 'Error: [enable-admission-plugins plugin "PodPreset" is unknown, unknown api groups settings.k8s.io]'],
  ['unknown-flag', 'Error: --etcd-servers must be specified'],
  ['unknown-flag', '"command failed" err="[--service-account-issuer is a required flag, --x must be y]"'],
  [
    'unknown-flag',
    `2026-11-23 03:42:31.939489 E | etcdmain: error verifying flags, expected IP in URL for binding (https://cp:2380). See 'etcd --help'.`,
  ],
  ['unknown-flag', 'flag provided but not defined: -no-such-flag'],
  ['feature-gate', `F1123 02:35:31.000000      77 server.go:176] unrecognized feature gate: NoSuchGate`],
  [
    'feature-gate',
    `"command failed" err="failed to set feature gates from initial flags-based config: unrecognized feature gate: NoSuchGate"`,
  ],
  [
    'feature-gate',
    String.raw`"command failed" err="invalid argument \"NoSuchGate=true\" for \"--feature-gates\" flag: unrecognized feature gate: NoSuchGate"`,
  ],
  ['feature-gate', 'Error: cannot set feature gate SeccompDefault to false, feature is locked to true'],
  [
    'kernel-settings',
    `"Failed to start ContainerManager" err="[invalid kernel flag: vm/overcommit_memory, expected value: 1, actual value: 0]"`,
  ],
  ['certificate-unusable', 'Error: tls: private key does not match public key'],
  [
    'certificate-unusable',
    `"command failed" err="failed to parse service-account-issuer-key-file: data does not contain a valid RSA or ECDSA private key"`,
  ],
  ['component-configuration', String.raw`"command failed" err="strict decoding error: unknown field \"profile\""`],
  ['component-configuration', 'Error: loading audit policy file: failed to read from file path'],
  ['file-missing', 'stat /etc/kubernetes/controller-manager.conf: no such file or directory'],
  ['file-missing', 'Error: open /etc/kubernetes/pki/ca.crt: no such file or directory'],
  ['address-absent', 'listen tcp 192.0.2.99:2380: bind: cannot assign requested address'],
  ['disk-full', 'failed to create WAL: write /var/lib/etcd/member/wal.tmp/0.tmp: no space left on device'],
  ['permission-denied', 'cannot access data directory: open /var/lib/etcd/.touch: permission denied'],
  ['permission-denied', 'StartError: OCI runtime create failed: error setting rlimit type 7: operation not permitted'],
  ['wrong-platform', 'exec /usr/local/bin/kube-apiserver: exec format error'],
  [
    'program-missing',
    'StartError: OCI runtime create failed: runc create failed: exec: "kube-scheduler": executable file not found in $PATH: unknown',
  ],
  [
    'clock-or-expiry',
    'connection error: desc = "transport: authentication handshake failed: x509: certificate has expired or is not yet valid: current time 2019-01-01T00:00:10Z is before 2026-11-23T00:00:00Z"',
  ],
  ['foreign-ca', 'remote error: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error")'],
  ['out-of-memory', 'its container ended with exit code 137 (OOMKilled)'],
  ['too-many-files', 'inotify_add_watch /sys/fs/cgroup/cpu/kubepods: no space left on device'],
  ['out-of-memory', '"Eviction manager: must evict pod(s) to reclaim" resourceName="memory"'],
  ['wrong-platform', 'exec /usr/local/bin/etcd: Exec format error'],
  ['too-many-files', 'error creating file watcher: too many open files'],
  ['file-missing', 'Error: unable to load server certificate: open /etc/kubernetes/pki/apiserver.crt: no such file or directory'],
  ['name-unknown', 'Get "https://cp.example:6443/api": dial tcp: lookup cp.example on 192.0.2.53:53: no such host'],
  [
    'etcd-unreachable',
    'F1123 02:35:31.000000       1 instance.go:226] Error creating leases: error creating storage factory: context deadline exceeded',
  ],
  ['etcd-unreachable', `"command failed" err="error creating storage factory: context deadline exceeded"`],
  ['etcd-unreachable', 'Unable to create storage backend: config (&{ /registry ...}), err (context deadline exceeded)'],
  [
    'api-server-unreachable',
    `F1123 02:35:31.000000       1 controllermanager.go:234] error building controller context: failed to wait for apiserver being healthy: timed out waiting for the condition`,
  ],
  [
    'etcd-unreachable',
    'grpc: addrConn.createTransport failed to connect to {https://127.0.0.1:2379 <nil> 0 <nil>}. Err: connection error: dial tcp 127.0.0.1:2379: connect: connection refused',
  ],
  [
    'etcd-unreachable',
    'W1123 03:06:36.086376   11359 clientconn.go:1223] grpc: failed to connect to {http://192.0.2.9:4001  <nil> 0 <nil>}. Err :connection error: desc = "transport: Error while dialing dial tcp 192.0.2.9:4001: connect: connection refused". Reconnecting...',
  ],
  ['etcd-unreachable', 'rpc error: code = Unavailable desc = etcdserver: no leader'],
  [
    'api-server-unreachable',
    'error retrieving resource lock: Get "https://192.0.2.10:6443/x": dial tcp 192.0.2.10:6443: connect: connection refused',
  ],
  ['etcd-member-known', 'member 8e9e05c52164694d has already been bootstrapped'],
  ['etcd-other-cluster', 'request cluster ID mismatch (got 7e27652122e8b2ae want cdf818194e3a8c32)'],
  ['etcd-other-cluster', `couldn't find local name "cp1" in the initial cluster configuration`],
  ['etcd-downgrade', 'cluster cannot be downgraded (current version: 3.4.23 is lower than determined cluster version: 3.5).'],
  ['etcd-data-damaged', 'failed to recover v3 backend from snapshot: failed to find database snapshot file'],
  ['etcd-space', 'etcdserver: mvcc: database space exceeded'],
  ['swap-on', 'failed to run Kubelet: running with swap on is not supported, please disable swap or set --fail-swap-on flag to false'],
  [
    'cgroup-driver',
    'failed to run Kubelet: misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"',
  ],
  [
    'cgroup-driver',
    'runc create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/kubepods/x" instead',
  ],
  ['cgroup-driver', 'Observed a panic: systemd cgroup manager not available'],
  ['cgroup-v1', 'failed to validate kubelet: kubelet is configured to not run on a host using cgroup v1'],
  ['cgroup-missing', 'failed to run Kubelet: failed to find cgroup mounts'],
  ['cgroup-missing', 'Failed to start ContainerManager system validation failed - Following Cgroup subsystem not mounted: [memory]'],
  ['cgroup-missing', String.raw`"Failed to start ContainerManager" err="cgroup [\"kubepods\"] has some missing controllers: cpuset"`],
  [
    'runtime-too-new',
    'failed to run Kubelet: failed to create kubelet: get remote runtime typed version failed: rpc error: code = Unimplemented desc = unknown service runtime.v1alpha2.RuntimeService',
  ],
  [
    'runtime-too-old',
    String.raw`"command failed" err="failed to run Kubelet: validate service connection: CRI v1 runtime API is not implemented for endpoint \"unix:///run/c.sock\": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService"`,
  ],
  [
    'runtime-too-old',
    'failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService',
  ],
  [
    'runtime-down',
    'connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"',
  ],
  [
    'runtime-down',
    'failed to run Kubelet: failed to create kubelet: failed to get docker version: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  ],
  ['runtime-down', 'dial unix /var/run/crio/crio.sock: connect: connection refused'],
  [
    'kubelet-credentials',
    'failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory',
  ],
  ['kubelet-credentials', 'part of the existing bootstrap client certificate is expired: 2026-02-23 15:48:00 +0000 UTC'],
  [
    'kubelet-credentials',
    'part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2026-02-23 15:48:00 +0000 UTC',
  ],
  [
    'kubelet-authority',
    `"command failed" err="failed to construct kubelet dependencies: unable to load client CA file /etc/kubernetes/pki/ca.crt: open /etc/kubernetes/pki/ca.crt: no such file or directory"`,
  ],
  [
    'kubelet-configuration-missing',
    String.raw`"command failed" err="failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file \"/var/lib/kubelet/config.yaml\", error: open /var/lib/kubelet/config.yaml: no such file or directory"`,
  ],
  [
    'kubelet-configuration-missing',
    'F1123 02:35:31.000000      77 server.go:198] failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file "/var/lib/kubelet/config.yaml", error: open /var/lib/kubelet/config.yaml: no such file or directory',
  ],
  ['kubelet-configuration', 'F1123 02:35:31.000000      77 server.go:245] invalid configuration: evictionHard is wrong'],
  ['kubelet-configuration', `"Failed to validate kubelet configuration" err="invalid configuration: podsPerCore"`],
  [
    'kubelet-configuration',
    `"command failed" err="failed to validate kubelet configuration, error: [invalid configuration: podsPerCore], path: &{}"`,
  ],
  [
    'kubelet-configuration',
    'failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: strict decoding error: unknown field "cgroupDrivers"',
  ],
  [
    'sandbox-image',
    'Failed to create pod sandbox: failed to get sandbox image "registry.example/pause:3.10": failed to pull image "registry.example/pause:3.10"',
  ],
  [
    'image-never',
    'Error syncing pod: failed to "StartContainer" for "etcd" with ErrImageNeverPull: "Container image \\"registry.example/etcd:3.5\\" is not present with pull policy of Never"',
  ],
  [
    'image-unknown',
    'Failed to pull image "registry.example/kube-apiserver:v1.99.0": rpc error: code = NotFound desc = registry.example/kube-apiserver:v1.99.0: not found',
  ],
  [
    'image-unknown',
    String.raw`E1123 02:35:31.000000      77 remote_image.go:180] "PullImage from image service failed" err="rpc error: code = NotFound desc = failed to pull and unpack image \"registry.example/etcd:3\": failed to resolve reference \"registry.example/etcd:3\": registry.example/etcd:3: not found"`,
  ],
  [
    'image-pull',
    'Error syncing pod: failed to "StartContainer" for "etcd" with ImagePullBackOff: "Back-off pulling image \\"registry.example/etcd:3.5\\""',
  ],
  [
    'image-incomplete',
    'Error syncing pod: failed to "StartContainer" for "etcd" with CreateContainerError: "failed to get image from containerd \\"sha256:0369cf43\\": image \\"registry.example/etcd:3.5\\": not found"',
  ],
  ['image-incomplete', 'CreateContainerError: failed to create containerd container: content digest sha256:0369cf43: not found'],
  [
    'image-incomplete',
    'CreateContainer in sandbox failed: rpc error: code = NotFound desc = failed to resolve image "sha256:0369": not found',
  ],
  [
    'container-not-created',
    'Error syncing pod: failed to "StartContainer" for "etcd" with CreateContainerError: "failed to reserve container name"',
  ],
  ['file-missing', 'CreateContainerError: failed to generate spec: failed to mkdir: stat /etc/kubernetes/pki: no such file or directory'],
  ['disk-pressure', '"Eviction manager: attempting to reclaim" resourceName="ephemeral-storage"'],
  ['disk-pressure', 'eviction manager: attempting to reclaim ephemeral-storage'],
  [
    'kubelet-refused',
    'Unable to register node with API server: nodes is forbidden: User "system:anonymous" cannot create resource "nodes"',
  ],
];

const row = (id: string): (typeof causes)[number] => ({ id, pattern: new RegExp(id), means: id, remedy: id, final: false });

describe('the table of causes', () => {
  it.each(lines)('recognises %s in: %s', (id, line) => {
    expect(recognise(['Starting', line, 'goroutine 1 [running]:'], causes)).toMatchObject({ cause: { id }, trace: line });
  });

  it.each([
    'Error getting node: node "cp1" not found',
    'Unable to update cni config: no networks found in /etc/cni/net.d',
    'Container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady',
    'Serving securely on [::]:6443',
    'Failed to set rlimit on max file handles: operation not permitted',
    '"Failed to set rlimit on max file handles" err="operation not permitted"',
    'ready to serve client requests',
  ])('makes nothing of a line that every healthy start has: %s', (line) => {
    expect(recognise([line], causes)).toBeUndefined();
  });

  it('has a line for every cause, and each cause once', () => {
    expect(causes.map(({ id }) => id).toSorted()).toEqual([...new Set(lines.map(([id]) => id))].toSorted());
  });

  it.each(causes.map((cause) => [cause.id, cause] as const))('says of %s what it means and what to do', (_, { means, remedy }) => {
    expect(means).toMatch(/^[A-Z].*[^.]$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('is the one that the documentation shows', () => {
    const page = readFileSync(new URL('../../../../../docs/diagnosis.md', import.meta.url), 'utf8');
    const rows = causes.map(({ means, remedy, final }) => `| ${means} | ${remedy} | ${final ? 'yes' : 'no'} |`);
    const shown = page
      .split('\n')
      .filter((line) => /\| (yes|no) *\|$/.test(line))
      .map((line) => line.replaceAll(/ +\|/g, ' |'));
    expect(shown).toEqual(rows);
  });
});

describe('recognise', () => {
  it('prefers the order of the table to the order of the lines, and the last of equal lines', () => {
    expect(recognise(['b 1', 'a 1', 'a 2', 'b 2'], [row('a'), row('b')])).toMatchObject({ cause: { id: 'a' }, line: 'a 2' });
  });
});
