/** Sends requests to the server of a kubeconfig, with time limits, retries and problems for what fails, and knows the paths of its objects. */
import type { Clock } from 'phaserunner';
import { kubeFailure } from '../failure.ts';
import { shareSuccess } from '../lazy.ts';
import type { ObjectReference } from '../port.ts';
import { documentOf, isSuccess, refusal, type Asked } from './answer.ts';
import { openConnection, type Connection, type KubeAccess } from './connection.ts';
import { exchange, withRetries, type Answer, type Outgoing } from './exchange.ts';
import { networkFailure, noteOnCertificate } from './fault.ts';

interface ClientOptions extends KubeAccess {
  /** For each try of a request. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

interface Unsent extends Omit<Outgoing, 'timeoutMs'> {
  /** Never sends it again. */
  readonly once?: boolean;
}

interface Client {
  /** Returns any answer. @throws ProblemError `KUBE_UNREACHABLE`, `KUBE_UNTRUSTED`, or `KUBECONFIG_INVALID` */
  send(asked: Asked, unsent: Unsent): Promise<Answer>;
  /** Returns `answer` when it is a success. @throws ProblemError for any other */
  accept(asked: Asked, answer: Answer): Promise<Answer>;
  /** Name of the resource of a kind in paths. Asks the server once for each kind that is not known. */
  resourceOf(asked: Asked, kind: Kind): Promise<string>;
  close(): void;
}

export function createClient(options: ClientOptions): Client {
  const { timeoutMs, clock } = options;
  const opened: Connection[] = [];
  const connect = shareSuccess(async () => {
    const connection = await openConnection(options);
    opened.push(connection);
    return connection;
  });
  const send: Client['send'] = async (asked, unsent) => {
    const connection = await connect();
    try {
      const { once = false, ...outgoing } = unsent;
      const attempt = (): Promise<Answer> => exchange(connection, { ...outgoing, timeoutMs });
      return once ? await attempt() : await withRetries(attempt, { isRead: unsent.method === 'GET', clock });
    } catch (error) {
      throw networkFailure(error, asked, { server: connection.server, nowMs: clock.now() });
    }
  };
  const accept: Client['accept'] = async (asked, answer) => {
    if (isSuccess(answer)) return answer;
    const { cert = '' } = (await connect()).tls;
    throw refusal(answer, asked, noteOnCertificate(cert, clock.now()));
  };
  const discovered = new Map<string, string>();
  const discover = async (asked: Asked, { apiVersion, kind }: Kind): Promise<string> => {
    const key = `${apiVersion}/${kind}`;
    const known = discovered.get(key);
    if (known !== undefined) return known;
    const answer = await accept(asked, await send(asked, { method: 'GET', path: groupPath(apiVersion) }));
    const resource = resourceIn(documentOf(answer, asked), kind);
    if (resource === undefined) throw unknownKind(asked, key);
    discovered.set(key, resource);
    return resource;
  };
  return {
    send,
    accept,
    resourceOf: async (asked, kind) => knownResource(kind) ?? discover(asked, kind),
    close: () => {
      for (const connection of opened.splice(0)) connection.close();
    },
  };
}

function unknownKind(asked: Asked, kind: string): Error {
  return kubeFailure('KUBE_NOT_FOUND', asked, `the API server has no objects of kind ${kind}`);
}

/** Resources of the kinds that phases use. Any other kind costs one more request, which asks the server. */
const resources: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: {
    ConfigMap: 'configmaps',
    Namespace: 'namespaces',
    Node: 'nodes',
    Pod: 'pods',
    Secret: 'secrets',
    Service: 'services',
    ServiceAccount: 'serviceaccounts',
  },
  'apps/v1': { DaemonSet: 'daemonsets', Deployment: 'deployments' },
  'batch/v1': { Job: 'jobs' },
  'rbac.authorization.k8s.io/v1': {
    ClusterRole: 'clusterroles',
    ClusterRoleBinding: 'clusterrolebindings',
    Role: 'roles',
    RoleBinding: 'rolebindings',
  },
};

/** What a resource is called by. */
type Kind = Pick<ObjectReference, 'apiVersion' | 'kind'>;

/** Name of the resource in paths, or undefined for kinds that only the server knows. */
export function knownResource({ apiVersion, kind }: Kind): string | undefined {
  return resources[apiVersion]?.[kind];
}

/** Path under which everything of `apiVersion` stands. Asked for itself, it answers with the resources that are there. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/')
    ? `/apis/${apiVersion.split('/').map(encodeURIComponent).join('/')}`
    : `/api/${encodeURIComponent(apiVersion)}`;
}

/** Finds the resource of `kind` in the server's list of an API version: the one that is not part of another. */
export function resourceIn(list: unknown, kind: string): string | undefined {
  const { resources: found } = list as { readonly resources?: readonly { readonly name: string; readonly kind: string }[] };
  return found?.find((resource) => resource.kind === kind && !resource.name.includes('/'))?.name;
}

/** Path of all objects of a resource, in one namespace or in all. */
export function collectionPath({ apiVersion, namespace }: Pick<ObjectReference, 'apiVersion' | 'namespace'>, resource: string): string {
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${groupPath(apiVersion)}${scope}/${resource}`;
}

export function objectPath(reference: ObjectReference, resource: string): string {
  return `${collectionPath(reference, resource)}/${encodeURIComponent(reference.name)}`;
}
