/** Sends requests to the server of a kubeconfig: with time limits, with retries, and with problems for what fails. */
import type { Clock } from 'phaserunner';
import { kubeFailure } from '../failure.ts';
import type { ObjectReference } from '../port.ts';
import { shareSuccess } from '../share.ts';
import { documentOf, isSuccess, refusal, type Asked } from './answer.ts';
import { noteOnCertificate } from './certificate-note.ts';
import { openConnection, type Connection, type KubeAccess } from './connection.ts';
import { exchange, type Answer, type Outgoing } from './exchange.ts';
import { networkFailure } from './fault.ts';
import { groupPath, knownResource, resourceIn } from './paths.ts';
import { withRetries } from './retry.ts';

export interface ClientOptions extends KubeAccess {
  /** For each try of a request. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

interface Unsent extends Omit<Outgoing, 'timeoutMs'> {
  /** Never sends it again. */
  readonly once?: boolean;
}

export interface Client {
  /** Returns any answer. @throws ProblemError `KUBE_UNREACHABLE`, `KUBE_UNTRUSTED`, or `KUBECONFIG_INVALID` */
  send(asked: Asked, unsent: Unsent): Promise<Answer>;
  /** Returns `answer` when it is a success. @throws ProblemError for any other */
  accept(asked: Asked, answer: Answer): Promise<Answer>;
  /** Name of the resource of a kind in paths. Asks the server once for each kind that is not known. */
  resourceOf(asked: Asked, kind: Kind): Promise<string>;
  close(): void;
}

type Kind = Pick<ObjectReference, 'apiVersion' | 'kind'>;

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
