/** Reads objects of a cluster, mostly as its administrator. */
import { get } from 'node:https';
import { succeeded, type Node } from '../machine/node.ts';

/** The fields that assertions look at, of every kind. */
export interface ClusterObject {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly Readonly<Record<string, unknown>>[];
  };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
  readonly rules?: readonly Readonly<Record<string, readonly string[]>>[];
  /** As the API has them; the assertions name what they expect. */
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

/**
 * @param kind as kubectl takes it, such as `configmap`
 * @param path name, of an object in kube-system or in no namespace, or `namespace/name`
 * @throws Error when there is none
 */
export async function readObject(node: Node, kind: string, path: string): Promise<ClusterObject> {
  const [namespace = '', name = ''] = path.includes('/') ? path.split('/') : ['kube-system', path];
  return JSON.parse(succeeded(await node.kubectl('get', kind, name, '--namespace', namespace, '--output=json'))) as ClusterObject;
}

/** @param selector of labels or fields, as flags of kubectl */
export async function readObjects(node: Node, kind: string, ...selector: readonly string[]): Promise<readonly ClusterObject[]> {
  const text = succeeded(await node.kubectl('get', kind, '--namespace=kube-system', '--output=json', ...selector));
  return (JSON.parse(text) as { readonly items: readonly ClusterObject[] }).items;
}

/** Whether a condition such as `Ready` is true. */
export function hasCondition({ status }: ClusterObject, type: string): boolean {
  const conditions = (status?.['conditions'] ?? []) as readonly { readonly type: string; readonly status: string }[];
  return conditions.some((condition) => condition.type === type && condition.status === 'True');
}

/** True when each of the pod's containers runs; whether its probes succeeded is another question. */
export function isRunning({ status }: ClusterObject): boolean {
  const containers = (status?.['containerStatuses'] ?? []) as readonly { readonly state: Readonly<Record<string, unknown>> }[];
  return containers.length > 0 && containers.every(({ state }) => 'running' in state);
}

/**
 * Body of an API path for somebody without credentials, asked over the network.
 * @param host address of the node
 * @throws Error also for another status than 200
 */
export function readAnonymously(node: Node, host: string, path: string): Promise<string> {
  const options = { host, port: 6443, path, ca: node.files.read('/etc/kubernetes/pki/ca.crt'), agent: false };
  return new Promise((resolve, reject) => {
    const request = get(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.once('end', () =>
        response.statusCode === 200 ? resolve(body) : reject(new Error(`${path}: ${response.statusCode} ${body}`)),
      );
    });
    request.once('error', reject);
  });
}
