/** Which parts of `init` may run on which machine: what is missing is known before the first phase. */
import { describe, expect, test } from 'vitest';
import { runCommandLine, type Surroundings } from '../../../test/fixtures/command-line.ts';
import { readyMachine } from '../../../test/fixtures/machine-files.ts';

const init = 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\nnodeRegistration: {name: cp1}\n';
const cluster = (etcd = ''): string =>
  `---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.36.2\nencryptionAlgorithm: ECDSA-P256\n${etcd}`;
const externalEtcd = 'etcd: {external: {endpoints: ["https://192.0.2.20:2379"], caFile: /e/ca, certFile: /e/crt, keyFile: /e/key}}\n';

interface Event {
  readonly type: string;
  readonly path?: string;
  readonly level?: string;
  readonly text?: string;
  readonly problems?: readonly { readonly code: string; readonly summary: string; readonly detail?: string; readonly command?: string }[];
}

interface RunOptions extends Pick<Surroundings, 'machine'> {
  readonly etcd?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Runs `init` with `words` in a dry run or in earnest, on a machine with `files`. */
async function run(words: string, { machine, etcd, files }: RunOptions = {}) {
  const { stdout } = await runCommandLine(['init', ...words.split(' '), '--config', '/c.yaml', '-o', 'jsonl'], {
    machine: { ...readyMachine, ...machine, files: { ...readyMachine.files, '/c.yaml': `${init}${cluster(etcd)}`, ...files } },
  });
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  const problems = events.find(({ type }) => type === 'run-end')?.problems ?? [];
  return {
    started: events.filter(({ type }) => type === 'phase-start').map(({ path }) => path),
    warnings: events.flatMap(({ type, path, level, text = '' }) =>
      type === 'message' && level === 'warning' && path === undefined ? [text] : [],
    ),
    problems,
    codes: problems.map(({ code }) => code),
  };
}

const at = (folder: string, ...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`/etc/kubernetes/${folder}${name}`, '']));
const pairs = (...names: readonly string[]) => names.flatMap((name) => [`${name}.crt`, `${name}.key`]);

const authorities = at('pki/', 'ca.crt', 'front-proxy-ca.crt', 'etcd/ca.crt');
const leaves = at(
  'pki/',
  ...pairs('apiserver', 'apiserver-kubelet-client', 'front-proxy-client', 'apiserver-etcd-client'),
  ...pairs('etcd/server', 'etcd/peer', 'etcd/healthcheck-client'),
  'sa.key',
  'sa.pub',
);
const kubeconfigs = at('', 'admin.conf', 'kubelet.conf', 'controller-manager.conf', 'scheduler.conf');
const manifests = at('manifests/', 'etcd.yaml', 'kube-apiserver.yaml', 'kube-controller-manager.yaml', 'kube-scheduler.yaml');
const kubelet = { '/var/lib/kubelet/config.yaml': '' };

const refused = ['PHASE_NEEDS_MISSING'];

describe('a run on an empty machine is refused before its first phase', () => {
  test.each([
    '--skip-phases preflight,certs,kubeconfig',
    '--skip-phases certs,kubeconfig',
    '--skip-phases certs',
    '--skip-phases kubeconfig',
    '--skip-phases certs/sa',
    '--skip-phases certs/apiserver-etcd-client',
    '--skip-phases certs/front-proxy-client',
    '--skip-phases certs/etcd-peer',
    '--skip-phases kubeconfig/admin',
    '--skip-phases kubeconfig/super-admin',
    '--skip-phases kubeconfig/kubelet',
    '--skip-phases kubeconfig/scheduler',
    '--skip-phases etcd',
    '--skip-phases control-plane',
    '--skip-phases control-plane/scheduler',
    '--skip-phases kubelet-start',
    '--from kubeconfig --until kubelet-start',
    '--from etcd --until etcd',
    '--from control-plane --until control-plane',
    '--from kubelet-start --until kubelet-start',
    '--from wait-control-plane',
    '--from upload-config --until upload-config',
    '--from mark-control-plane --until mark-control-plane',
    '--from bootstrap-token --until bootstrap-token',
    '--from kubelet-finalize --until kubelet-finalize',
    '--from addon --until addon',
    '--from show-join-command',
    '--from upload-certs --until upload-certs --upload-certs',
    '--skip-phases certs,wait-control-plane',
    '--skip-phases kubeconfig,wait-control-plane',
  ])('%s', async (words) => {
    expect(await run(words)).toMatchObject({ started: [], codes: refused });
    expect(await run(`${words} --dry-run`)).toMatchObject({ started: [], codes: refused });
  });

  test.each(['wait-control-plane', 'bootstrap-token', 'show-join-command', 'certs apiserver', 'kubeconfig all'])(
    'phase %s, which reads what is missing, also in a dry run',
    async (words) => {
      expect(await run(`phase ${words}`)).toMatchObject({ started: [], codes: refused });
      expect(await run(`phase ${words} --dry-run`)).toMatchObject({ started: [], codes: refused });
    },
  );

  test.each(['upload-config all', 'mark-control-plane', 'addon all', 'addon coredns', 'upload-certs --upload-certs'])(
    'phase %s, which needs the API, but not in a dry run',
    async (words) => {
      expect(await run(`phase ${words}`)).toMatchObject({ started: [], codes: refused });
      expect((await run(`phase ${words} --dry-run`)).codes).toEqual([]);
    },
  );

  test('with one error, which tells who needs what and the commands that make it', async () => {
    const { problems } = await run('--skip-phases certs,kubeconfig');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.detail).toContain(
      'certs/ca or ca.crt on disk, for control-plane/apiserver, control-plane/controller-manager, kubelet-start (skipped with certs by --skip-phases)\n',
    );
    expect(problems[0]?.command).toBe('kubephase init phase certs --config /c.yaml && kubephase init phase kubeconfig --config /c.yaml');
  });
});

describe('a phase that is asked for by name and can do its work goes on', () => {
  test.each([
    ['etcd local', 'certs/etcd-ca, certs/etcd-server, certs/etcd-peer, certs/etcd-healthcheck-client'],
    ['control-plane scheduler', 'kubeconfig/scheduler'],
    ['control-plane controller-manager', 'certs/ca, certs/front-proxy-ca, certs/sa, kubeconfig/controller-manager'],
    ['kubelet-start', 'certs/ca, kubeconfig/kubelet'],
  ])('phase %s, with a warning', async (words, missing) => {
    const { codes, warnings } = await run(`phase ${words}`);
    expect(codes).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`can be used: ${missing}$`))]);
  });

  test.each(['preflight', 'certs all', 'addon all --print-manifest', 'upload-certs'])('phase %s, without a warning', async (words) => {
    expect(await run(`phase ${words}`)).toMatchObject({ codes: [], warnings: [] });
  });
});

describe('a legal part of init is not refused', () => {
  const everything = { ...authorities, ...leaves, ...kubeconfigs, ...manifests, ...kubelet };
  test.each([
    ['--skip-phases certs,kubeconfig', { ...authorities, ...leaves, ...kubeconfigs }],
    ['--from etcd --until kubelet-start', { ...authorities, ...leaves, ...kubeconfigs }],
    ['--from control-plane --until control-plane', { ...authorities, ...leaves, ...kubeconfigs }],
    ['--from wait-control-plane', { ...kubeconfigs, ...manifests, ...kubelet }],
    ['--from upload-config', everything],
    ['--skip-phases kubelet-start --until wait-control-plane --from wait-control-plane', { ...kubeconfigs, ...manifests, ...kubelet }],
    ['phase wait-control-plane', { ...kubeconfigs, ...manifests }],
    ['phase upload-config all', kubeconfigs],
    ['phase addon all', kubeconfigs],
    ['phase kubelet-start', { ...authorities, ...kubeconfigs }],
  ])('%s', async (words, files) => {
    expect((await run(`${words} --dry-run`, { files })).codes).not.toContain('PHASE_NEEDS_MISSING');
  });

  test('certificates of an etcd elsewhere are not asked for', async () => {
    const { codes } = await run('--skip-phases certs/etcd-ca,certs/apiserver-etcd-client --until control-plane', { etcd: externalEtcd });
    expect(codes).not.toContain('PHASE_NEEDS_MISSING');
  });

  test('somebody else may run the kubelet and etcd', async () => {
    const machine = {
      services: { manager: 'systemd', services: { kubelet: 'active' } },
      listeners: { 2379: { pid: 7, program: 'etcd' } },
    } as const;
    expect((await run('--skip-phases preflight,etcd,kubelet-start --dry-run', { machine })).codes).toEqual([]);
  });

  test('an authority without its key is one', async () => {
    const files = { ...at('pki/', 'ca.crt'), ...leaves, ...kubeconfigs };
    expect((await run('phase kubeconfig admin', { files })).codes).not.toContain('PHASE_NEEDS_MISSING');
  });
});
