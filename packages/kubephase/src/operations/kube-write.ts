/** Writes objects to the cluster, again and again until it works or the time for it is over. */
import { isProblemError, type Clock, type Task } from 'phaserunner';
import { formatDuration } from 'phaserunner/render';
import { describeReference, mayPass, referenceTo, type KubeApi, type KubeObject } from '../clients/kube/port.ts';
import { isMapping } from '../formats/data/mapping.ts';
import { failure, problemsOf } from '../problems/catalogue.ts';
import { waitFor, type Waiting } from './wait.ts';

/** How long a write is tried. Each error but a broken program counts as "not yet": API servers that start refuse in many ways. */
export interface WriteWindow {
  /** `timeouts.kubernetesAPICall`. */
  readonly windowMs: number;
  /** Told every few seconds why it does not work yet; its signal ends the tries. */
  readonly task?: Pick<Task, 'message' | 'signal'>;
  readonly clock?: Clock;
}

/** A write that starts from what the cluster has. */
interface ChangeWindow extends WriteWindow {
  /** Returns the object as it should be. Called again with the newer state when somebody else was faster. */
  readonly mutate: (existing: KubeObject) => KubeObject;
}

/** Pauses between two tries, from the first to the longest. */
const pace = { firstIntervalMs: 100, intervalMs: 500, spread: 0.1 };
/** Set by the kubelet when it registers its Node. */
const hostNameLabel = 'kubernetes.io/hostname';

/** Creates the object or replaces it without regard to what others made of it. */
export async function createOrUpdate(kube: KubeApi, object: KubeObject, window: WriteWindow): Promise<void> {
  await persist(nameOf(object), window, async () => {
    if (await createUnlessExists(kube, object)) return undefined;
    await kube.replace(object);
    return undefined;
  });
}

/** Creates the object, or changes the existing one if nobody changes it at the same time. */
export async function createOrMutate(kube: KubeApi, object: KubeObject, window: ChangeWindow): Promise<void> {
  await persist(nameOf(object), window, async () => {
    if (await createUnlessExists(kube, object)) return undefined;
    const existing = await kube.get(referenceTo(object));
    if (existing === undefined) return 'it was deleted while it was to be changed';
    const { resourceVersion } = existing.metadata;
    const wanted = window.mutate(existing);
    // With its version the replacement is refused when somebody else was faster.
    await kube.replace({ ...wanted, metadata: { ...wanted.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) } });
    return undefined;
  });
}

/** Creates the object unless there is one of its name. */
export async function createOrRetain(kube: KubeApi, object: KubeObject, window: WriteWindow): Promise<void> {
  await persist(nameOf(object), window, async () => {
    if ((await kube.get(referenceTo(object))) === undefined) await kube.create(object);
    return undefined;
  });
}

/**
 * Changes labels, annotations or taints of a Node once its kubelet has registered it.
 * @throws ProblemError `KUBE_WRITE_TIMED_OUT`, also when the Node or its host name label never appears
 */
export async function patchNode(kube: KubeApi, nodeName: string, window: ChangeWindow): Promise<void> {
  const reference = { apiVersion: 'v1', kind: 'Node', name: nodeName };
  await persist(describeReference(reference), window, async () => {
    const node = await kube.get(reference);
    if (node === undefined) return `Node ${nodeName} does not exist: its kubelet has not registered it`;
    if (node.metadata.labels?.[hostNameLabel] === undefined) {
      return `Node ${nodeName} has no label ${hostNameLabel}: its kubelet has not finished to register it`;
    }
    const patch = differenceBetween(node, window.mutate(node));
    if (Object.keys(patch).length > 0) await kube.patch(reference, patch);
    return undefined;
  });
}

/** Returns false when the object exists. */
async function createUnlessExists(kube: KubeApi, object: KubeObject): Promise<boolean> {
  try {
    await kube.create(object);
    return true;
  } catch (error) {
    if (isProblemError(error) && error.problem.code === 'KUBE_ALREADY_EXISTS') return false;
    throw error;
  }
}

async function persist(object: string, window: WriteWindow, probe: () => Promise<string | undefined>): Promise<void> {
  const { windowMs, task, clock } = window;
  await waitFor({
    name: `the write of ${object}`,
    deadlineMs: windowMs,
    ...pace,
    probe,
    isFinal: (problem) => !mayPass(problem),
    onWaiting: ({ elapsedMs, missing }) => task?.message(`still trying to write ${object} after ${formatDuration(elapsedMs)}: ${missing}`),
    timedOut: (waiting) => writeTimedOut(object, waiting),
    ...(task === undefined ? {} : { signal: task.signal }),
    ...(clock === undefined ? {} : { clock }),
  });
}

function writeTimedOut(object: string, { elapsedMs, missing, cause }: Waiting): Error {
  const last = cause === undefined ? undefined : problemsOf(cause, 'KUBE_REQUEST_FAILED')[0];
  return failure('KUBE_WRITE_TIMED_OUT', {
    summary: `could not write ${object} within ${formatDuration(elapsedMs)}`,
    detail: missing,
    remedy: last?.remedy ?? 'See whether the kubelet runs and reaches the API server, then run the phase again.',
    where: { object },
    ...(cause === undefined ? {} : { cause }),
  });
}

function nameOf(object: KubeObject): string {
  return describeReference(referenceTo(object));
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns a patch for the fields that differ; empty when none does. Lists are given whole, so that it is a strategic merge
 * patch only where the changed lists are replaced as a whole, such as the taints of a Node.
 */
export function differenceBetween(before: Fields, after: Fields): Fields {
  const removed = Object.keys(before).filter((key) => before[key] !== undefined && after[key] === undefined);
  const changed = Object.entries(after).flatMap(([key, value]) => {
    const change = changeOf(before[key], value);
    return change === undefined ? [] : [[key, change] as const];
  });
  return Object.fromEntries([...removed.map((key) => [key, null] as const), ...changed]);
}

/** Undefined when nothing changes. */
function changeOf(before: unknown, after: unknown): unknown {
  if (isMapping(before) && isMapping(after)) {
    const inner = differenceBetween(before, after);
    return Object.keys(inner).length === 0 ? undefined : inner;
  }
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
}
