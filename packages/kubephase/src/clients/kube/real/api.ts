/** The API of a real server: plain JSON over HTTPS, so that fields which this release does not know survive. */
import { systemClock, type Clock } from 'phaserunner';
import type { KubeVerb } from '../failure.ts';
import { describeReference, referenceTo, type KubeApi, type KubeObject, type ObjectReference } from '../port.ts';
import { documentOf, isMissingObject, type Asked } from './answer.ts';
import { collectionPath, createClient, objectPath } from './client.ts';
import type { KubeAccess } from './connection.ts';
import type { Outgoing } from './exchange.ts';

export interface RealKubeOptions extends KubeAccess {
  /** For each try of a request, here and on the server. Default 10 000. */
  readonly requestTimeoutMs?: number;
  readonly clock?: Clock;
}

export interface RealKubeApi extends KubeApi {
  /** Ends connections that are kept for further requests. */
  close(): void;
}

const usualTimeoutMs = 10_000;

/** Returns the API with the credentials of a kubeconfig. Sends nothing yet: a kubeconfig that is of no use shows in the first request. */
export function createRealKubeApi({ requestTimeoutMs = usualTimeoutMs, clock = systemClock, ...access }: RealKubeOptions): RealKubeApi {
  const client = createClient({ ...access, timeoutMs: requestTimeoutMs, clock });
  /** The server gives up as well. Lists are not limited there: they may be long. */
  const limit = `timeout=${requestTimeoutMs / 1000}s`;
  const write = async (asked: Asked, outgoing: Pick<Outgoing, 'method' | 'path' | 'body'>): Promise<KubeObject> => {
    const answer = await client.send(asked, { ...outgoing, path: `${outgoing.path}?${limit}` });
    return documentOf(await client.accept(asked, answer), asked) as KubeObject;
  };
  return {
    get: async (reference) => {
      const asked = askedOf('get', reference);
      const path = objectPath(reference, await client.resourceOf(asked, reference));
      const answer = await client.send(asked, { method: 'GET', path: `${path}?${limit}` });
      if (isMissingObject(answer, reference.name)) return undefined;
      return documentOf(await client.accept(asked, answer), asked) as KubeObject;
    },
    list: async ({ labels = {}, ...of }) => {
      const { apiVersion, kind } = of;
      const asked: Asked = { verb: 'list', object: kind, kind };
      const path = collectionPath(of, await client.resourceOf(asked, of));
      const answer = await client.send(asked, { method: 'GET', path: `${path}${selectorQuery(labels)}` });
      const { items } = documentOf(await client.accept(asked, answer), asked) as { readonly items?: readonly KubeObject[] | null };
      // Items of a list do not say themselves what they are.
      return (items ?? []).map((item) => Object.assign(item, { apiVersion, kind }));
    },
    create: async (object) => {
      const reference = referenceTo(object);
      const asked = askedOf('create', reference);
      const path = collectionPath(reference, await client.resourceOf(asked, reference));
      return write(asked, { method: 'POST', path, body: bodyOf('application/json', object) });
    },
    replace: async (object) => {
      const reference = referenceTo(object);
      const asked = askedOf('replace', reference);
      const path = objectPath(reference, await client.resourceOf(asked, reference));
      return write(asked, { method: 'PUT', path, body: bodyOf('application/json', object) });
    },
    patch: async (reference, patch) => {
      const asked = askedOf('patch', reference);
      const path = objectPath(reference, await client.resourceOf(asked, reference));
      return write(asked, { method: 'PATCH', path, body: bodyOf('application/strategic-merge-patch+json', patch) });
    },
    unhealthyParts: async () => {
      const asked: Asked = { verb: 'get', object: '/livez', kind: '' };
      // Whoever asks for the health asks again; what is not well is the answer, not a reason to repeat the request.
      const answer = await client.send(asked, { method: 'GET', path: '/livez?verbose', once: true });
      if (answer.status === 500) return failedParts(answer.text);
      await client.accept(asked, answer);
      return [];
    },
    close: () => client.close(),
  };
}

/** Lines such as `[-]poststarthook/rbac/bootstrap-roles failed: reason withheld`. */
function failedParts(report: string): readonly string[] {
  const parts = [...report.matchAll(/^\[-\](\S+)/gm)].map(([, part = '']) => part);
  return parts.length === 0 ? ['livez'] : parts;
}

function askedOf(verb: KubeVerb, reference: ObjectReference): Asked {
  return { verb, object: describeReference(reference), kind: reference.kind };
}

function bodyOf(type: string, content: object): NonNullable<Outgoing['body']> {
  return { type, text: JSON.stringify(content) };
}

function selectorQuery(labels: Readonly<Record<string, string>>): string {
  const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return selector.length === 0 ? '' : `?${new URLSearchParams({ labelSelector: selector.join(',') }).toString()}`;
}
