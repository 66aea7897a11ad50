/** Which images nodes get, and what is in each of them: the programs and the libraries these need, nothing else. */
import { command } from '../command.ts';
import { kubephaseExecutable, kubernetesFolder, pauseProgram } from '../settings.ts';

export interface Image {
  /** All under which manifests may name it. */
  readonly references: readonly string[];
  /** Path in the image → file of this machine that is put there. */
  readonly files: ReadonlyMap<string, string>;
}

const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'];
const proxyTools = [
  'iptables',
  'iptables-save',
  'iptables-restore',
  'ip6tables',
  'ip6tables-save',
  'ip6tables-restore',
  'ipset',
  'conntrack',
];

/** The version that the kubelet tells, such as `v1.20.2`. */
export async function kubernetesVersion(): Promise<string> {
  return (await command([`${kubernetesFolder}/kubelet`, '--version'])).trim().replace('Kubernetes ', '');
}

/** Every image but that of CoreDNS, which no package of Debian holds. */
export async function images(): Promise<readonly Image[]> {
  const references = await referencesOf(await kubernetesVersion());
  return Promise.all(
    [...components, 'etcd', 'pause'].map(async (name) => ({
      references: references.filter((reference) => reference.split('/').at(-1)?.split(':')[0] === name),
      files: await filesOf(name),
    })),
  );
}

/** The reference of the image that containerd starts pods with. */
export async function sandboxImage(): Promise<string> {
  const found = (await referencesOf(await kubernetesVersion())).find((reference) => reference.includes('/pause:'));
  if (found === undefined) throw new Error('neither installer names a pause image');
  return found;
}

/** What kubephase and the genuine kubeadm ask for; from version 1.25 on both ask for the same. */
async function referencesOf(version: string): Promise<readonly string[]> {
  const lists = await Promise.all(
    [kubephaseExecutable, `${kubernetesFolder}/kubeadm`].map((program) =>
      command([program, 'config', 'images', 'list', '--kubernetes-version', version]),
    ),
  );
  return [...new Set(lists.flatMap((list) => list.trim().split('\n')))];
}

async function filesOf(name: string): Promise<ReadonlyMap<string, string>> {
  if (name === 'pause') return new Map([['pause', pauseProgram]]);
  if (name === 'etcd') return closure(['etcd', 'etcdctl']);
  const files = new Map([[`usr/local/bin/${name}`, `${kubernetesFolder}/${name}`]]);
  if (name !== 'kube-proxy') return files;
  return new Map([...files, ...(await closure(proxyTools)), ...(await extensionsOfIptables())]);
}

/** Programs of the folder of Kubernetes or of this machine, with loader and libraries; those that are in neither are left out. */
async function closure(programs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const script = `PATH=${kubernetesFolder}:$PATH; for name; do path=$(command -v "$name") || continue; echo "$name $(readlink -f "$path")"; done`;
  const found = (await command(['sh', '-c', script, 'sh', ...programs])).trim().split('\n');
  const files = new Map<string, string>();
  for (const line of found) {
    const [name = '', path = ''] = line.split(' ');
    files.set(`usr/local/bin/${name}`, path);
    for (const library of await librariesOf(path)) files.set(library.slice(1), library);
  }
  return files;
}

/** iptables loads a library for each match and target that a rule names. */
async function extensionsOfIptables(): Promise<ReadonlyMap<string, string>> {
  const found = (await command(['sh', '-c', 'ls /usr/lib/*/xtables/*.so'])).trim().split('\n');
  return new Map(found.map((path) => [path.slice(1), path]));
}

/** Absolute paths of the libraries and the loader; empty for a static program. */
async function librariesOf(path: string): Promise<readonly string[]> {
  const listed = await command(['sh', '-c', 'ldd "$1" 2>/dev/null || true', 'sh', path]);
  return listed.match(/\/\S+(?= \(0x)/g) ?? [];
}
