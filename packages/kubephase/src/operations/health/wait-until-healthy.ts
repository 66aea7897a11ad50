/** Waits until kubelet and control plane are healthy, tells meanwhile what is missing, and explains why it was in vain. */
import { ProblemError, systemClock, type Clock, type Task } from 'phaserunner';
import type { ContainerRuntime } from '../../clients/cri/port.ts';
import type { HealthProbes } from '../../clients/health/port.ts';
import type { KubeApi } from '../../clients/kube/port.ts';
import type { ControlPlaneConfig } from '../../config/types.ts';
import { formatGoDuration } from '../../formats/duration.ts';
import type { Host } from '../../host/port.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import { explainTimeout, explainVerdict } from '../diagnosis/explain.ts';
import { createSurveyor, type Surveyor } from '../diagnosis/survey.ts';
import { readComponentEndpoints, readKubeletEndpoint, type ComponentEndpoint } from './endpoints.ts';
import { createApiServerProbe, findFault, HopelessSubject, poll, type Fault, type Subject } from './poll.ts';
import { observe } from './observe.ts';

export interface ControlPlaneWaitContext {
  readonly config: Pick<ControlPlaneConfig, 'timeouts' | 'nodeRegistration' | 'localAPIEndpoint' | 'kubelet'>;
  readonly release: ResolvedRelease;
  readonly paths: { readonly kubelet: string; readonly manifests: string; readonly certificates: string };
  readonly host: Host;
  readonly kube: KubeApi;
  readonly health: HealthProbes;
  readonly cri: ContainerRuntime;
}

/** Waits for kubelet and control plane of this node, at the addresses that their own files give them. */
export async function waitForControlPlane(context: ControlPlaneWaitContext, task: Task): Promise<void> {
  const { config, release, paths, host, kube, health, cri } = context;
  const { timeouts, nodeRegistration, localAPIEndpoint } = config;
  const url = await readKubeletEndpoint(host.files, `${paths.kubelet}/config.yaml`, config.kubelet.document);
  if (url === undefined) task.message('the health endpoint of the kubelet is switched off: not waiting for it');
  await waitUntilHealthy({
    kubelet: url === undefined ? undefined : { url, deadlineMs: timeouts.kubeletHealthCheckMs },
    components: {
      endpoints: await readComponentEndpoints(host.files, paths.manifests, {
        advertiseAddress: localAPIEndpoint.advertiseAddress,
        schedulerProbes: release.traits.schedulerProbes,
      }),
      deadlineMs: timeouts.controlPlaneComponentHealthCheckMs,
      caPem: await host.files.readText(`${paths.certificates}/ca.crt`),
    },
    health,
    kube,
    cri,
    host,
    manifests: paths.manifests,
    criSocket: nodeRegistration.criSocket,
    task,
  });
}

export interface HealthWait {
  /** Undefined: the kubelet is not waited for. */
  readonly kubelet: { readonly url: string; readonly deadlineMs: number } | undefined;
  readonly components: {
    readonly endpoints: readonly ComponentEndpoint[];
    /** Counted from the moment in which the kubelet is healthy: it starts them. */
    readonly deadlineMs: number;
    /** PEM of the CA that signed the API server's certificate. The other two sign theirs themselves. */
    readonly caPem: string | undefined;
  };
  readonly health: HealthProbes;
  readonly kube: KubeApi;
  readonly cri: Pick<ContainerRuntime, 'containers' | 'hasImage'>;
  readonly host: Pick<Host, 'files' | 'services'>;
  /** Folder of the static Pod manifests. */
  readonly manifests: string;
  /** URL of the container runtime, for commands that are shown. */
  readonly criSocket: string;
  readonly task: Pick<Task, 'message' | 'narrate' | 'signal'>;
  readonly clock?: Clock;
}

/** What goes on while it is waited. */
interface Waiting {
  readonly wait: HealthWait;
  readonly clock: Clock;
  readonly faults: Map<string, Fault>;
  readonly surveyor: Surveyor;
  readonly signal: AbortSignal;
}

/**
 * Asks the kubelet and all components at the same time, each until it answers with 200.
 * @throws ProblemError `KUBELET_UNHEALTHY`, or `CONTROL_PLANE_UNHEALTHY` for each component, at a deadline or once nothing but
 * a change of the machine can help; `CRI_UNREACHABLE` when the container runtime stays silent
 */
export async function waitUntilHealthy(wait: HealthWait): Promise<void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([wait.task.signal, ending.signal]);
  const { cri, host, manifests, clock = systemClock } = wait;
  const waiting: Waiting = { wait, clock, signal, faults: new Map(), surveyor: createSurveyor({ cri, host, manifests }) };
  void watch(waiting).catch((error: unknown) => ending.abort(error));
  try {
    await pollAll(waiting);
  } catch (error) {
    throw error instanceof HopelessSubject ? await inVain([error.subject], waiting, true) : error;
  } finally {
    ending.abort(new Error('the wait is over'));
  }
}

/** Reports until the end; fails when waiting does not help. */
async function watch({ wait, surveyor, faults, clock, signal }: Waiting): Promise<void> {
  const end = await observe({ surveyor, faults, clock, signal, task: wait.task });
  if (end !== undefined) throw new ProblemError(explainVerdict(end.verdict, { survey: end.survey, criSocket: wait.criSocket }));
}

async function pollAll(waiting: Waiting): Promise<void> {
  const { wait, clock, faults, signal } = waiting;
  const { kubelet, components, task } = wait;
  const polling = { task, signal, clock, faults };
  const names = [...(kubelet === undefined ? [] : ['kubelet']), ...components.endpoints.map(({ component }) => component)];
  for (const name of names) faults.set(name, { text: 'it has not answered yet' });
  const startMs = clock.now();
  let kubeletReadyMs = kubelet === undefined ? startMs : undefined;
  const waitForKubelet = async ({ url, deadlineMs }: NonNullable<HealthWait['kubelet']>): Promise<void> => {
    const subject = kubeletSubject({ url, deadlineMs }, waiting);
    task.narrate(`waiting up to ${formatGoDuration(deadlineMs)} for the kubelet at ${url}`);
    if (!(await poll(subject, polling))) throw await inVain([subject], waiting);
    kubeletReadyMs = clock.now();
  };
  const notCountedMs = (): number => (kubeletReadyMs ?? clock.now()) - startMs;
  const waitForComponents = async (): Promise<void> => {
    const subjects = components.endpoints.map((endpoint) => ({ ...componentSubject(endpoint, waiting), notCountedMs }));
    const listed = subjects.map(({ component }) => component).join(', ');
    if (listed !== '') task.narrate(`waiting up to ${formatGoDuration(components.deadlineMs)} for ${listed}`);
    const healthy = await Promise.all(subjects.map((subject) => poll(subject, polling)));
    const late = subjects.filter((_, index) => healthy[index] === false);
    if (late.length > 0) throw await inVain(late, waiting);
  };
  await Promise.all([kubelet === undefined ? undefined : waitForKubelet(kubelet), waitForComponents()]);
}

function kubeletSubject(kubelet: NonNullable<HealthWait['kubelet']>, { wait, signal }: Waiting): Subject {
  const component = 'kubelet';
  return { ...kubelet, component, probe: (timeoutMs) => findFault(wait.health, { component, url: kubelet.url, timeoutMs, signal }) };
}

function componentSubject({ component, url }: ComponentEndpoint, { wait, signal }: Waiting): Subject {
  const { health, kube, components } = wait;
  const askApiServer = createApiServerProbe(health, kube);
  const probe = (timeoutMs: number): Promise<Fault | undefined> =>
    component === 'kube-apiserver'
      ? askApiServer({ component, url, timeoutMs, signal, caPem: components.caPem })
      : findFault(health, { component, url, timeoutMs, signal });
  return { component, url, deadlineMs: components.deadlineMs, probe };
}

/** @param hopeless before the deadline */
async function inVain(late: readonly Subject[], { wait, surveyor, faults }: Waiting, hopeless = false): Promise<Error> {
  const survey = await surveyor.survey(late.map(({ component }) => component).filter((name) => name !== 'kubelet'));
  const unhealthy = late.map(({ component, url, deadlineMs }) => ({
    component,
    url,
    deadlineMs,
    fault: faults.get(component)?.text ?? 'it did not answer',
    hopeless,
  }));
  return new ProblemError(explainTimeout(unhealthy, { survey, criSocket: wait.criSocket }));
}
