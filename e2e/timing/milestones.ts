/** What happens on a node between the start of its kubelet and an API server that is ready, by the clock of this machine. */
import { request } from 'node:https';
import type { Node } from '../machine/node.ts';

/** Milliseconds since 1970-01-01T00:00:00Z, by what happened then; in the order in which it happened. */
export type Milestones = readonly (readonly [what: string, atMs: number])[];

/** Asks the API server until it says that it is ready. Nothing of the asking runs in the node. */
export async function untilReady(address: string, signal: AbortSignal): Promise<number | undefined> {
  while (!signal.aborted) {
    if ((await statusOf(`https://${address}:6443/livez`)) === 200) return Date.now();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}

/** 0: no answer. */
function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    // Whether the certificate is right is not what is measured.
    const sent = request(url, { rejectUnauthorized: false, agent: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(0));
    sent.end();
  });
}

/** What the kubelet's log and containerd tell after the fact. */
export async function milestonesOf(node: Node, readyMs: number | undefined): Promise<Milestones> {
  const log = node.kubelet.log();
  const containers = await Promise.all(['etcd', 'kube-apiserver'].map(async (name) => [name, await createdAt(node, name)] as const));
  const found: readonly (readonly [string, number | undefined])[] = [
    ['kubelet runs', momentOf(log, /Version: v/)],
    ['kubelet is set up', momentOf(log, /Started kubelet/)],
    ['first static Pod is taken up', momentOf(log, /Topology Admit Handler|SyncLoop ADD/)],
    ...containers.map(([name, moment]) => [`container of ${name} is made`, moment] as const),
    ['API server is ready', readyMs],
  ];
  return found.filter((row): row is readonly [string, number] => row[1] !== undefined).sort((a, b) => a[1] - b[1]);
}

/** Of the first line of klog that matches. @see https://github.com/kubernetes/klog */
function momentOf(log: string, pattern: RegExp): number | undefined {
  const line = log.split('\n').find((text) => pattern.test(text));
  const [, month, day, time] = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d+)/.exec(line ?? '') ?? [];
  // The log is written in the time zone of the node, which is that of this machine, and leaves the year out.
  return time === undefined ? undefined : Date.parse(`${new Date().getFullYear()}-${month}-${day}T${time.slice(0, 12)}`);
}

/** When the first container of that name was made. */
async function createdAt(node: Node, name: string): Promise<number | undefined> {
  const ctr = ['ctr', '-n', 'k8s.io', 'containers'];
  const { stdout } = await node.run([...ctr, 'ls', '-q', `labels."io.kubernetes.container.name"==${name}`]);
  const moments = await Promise.all(
    stdout
      .split('\n')
      .filter((id) => id !== '')
      .map(async (id) => Date.parse((JSON.parse((await node.run([...ctr, 'info', id])).stdout) as { CreatedAt: string }).CreatedAt)),
  );
  return moments.length === 0 ? undefined : Math.min(...moments);
}
