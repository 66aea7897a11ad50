/** Looks at containers, their logs and the kubelet's log: everything that tells why components do not come up. */
import { isProblemError } from 'phaserunner';
import type { ContainerRuntime, ContainerStatus } from '../../clients/cri/port.ts';
import { readYaml } from '../../formats/yaml/read.ts';
import type { Files, Host } from '../../host/port.ts';
import { recognise, type Recognised } from './cause.ts';
import { causesOf, paralyses } from './causes.ts';
import type { ComponentState, KubeletState, Survey } from './component-state.ts';
import { isErrorLine, withoutRepeats } from './log-line.ts';
import { createKubeletLog, readContainerLog, type KubeletLines } from './logs.ts';

export interface Surveyor {
  /** Remembers where the kubelet's log stands, so that what earlier runs left there is not taken for news. */
  mark(): Promise<void>;
  /** @param components those that are missing; for the API server etcd of this machine is looked at as well */
  survey(components: readonly string[]): Promise<Survey>;
}

interface SurveyPorts {
  readonly cri: Pick<ContainerRuntime, 'containers' | 'hasImage'>;
  readonly host: Pick<Host, 'files' | 'services'>;
  /** Folder of the static Pod manifests. */
  readonly manifests: string;
}

/** Enough to reach back over the stack that a Go program prints when it ends by a panic. */
const logLines = 100;

/** Of each container that the kubelet has not started. */
const kubeletLines = 3;

/** What every start has: the kubelet wants to tell the API server of its Pods, which is not there yet. */
const failedReport = /mirror pod|(write|rejected) event|status for pod/i;

/** What the kubelet says of a component without a container is what it says of its own work. */
const kubeletCauses = causesOf('kubelet');

export function createSurveyor(ports: SurveyPorts): Surveyor {
  const log = createKubeletLog(ports.host.services);
  return {
    mark: () => log.mark(),
    survey: async (missing) => {
      const kubelet = readKubeletState(await log.read());
      try {
        const names = await withEtcd(missing, ports);
        return { kubelet, runtimeFault: undefined, components: await Promise.all(names.map((name) => stateOf(name, ports, kubelet))) };
      } catch (error) {
        if (!isProblemError(error) || !error.problem.code.startsWith('CRI_')) throw error;
        return { kubelet, runtimeFault: error.problem, components: [] };
      }
    },
  };
}

function readKubeletState({ errors, found, sinceStart }: KubeletLines): KubeletState {
  const paralysis = recognise(sinceStart, paralyses);
  return { errors, found, paralysis, cause: paralysis ?? recognise(errors, kubeletCauses) };
}

async function withEtcd(components: readonly string[], { host, manifests }: SurveyPorts): Promise<readonly string[]> {
  if (!components.includes('kube-apiserver')) return components;
  return (await host.files.status(`${manifests}/etcd.yaml`)) === undefined ? components : [...components, 'etcd'];
}

async function stateOf(component: string, ports: SurveyPorts, kubelet: KubeletState): Promise<ComponentState> {
  const containers = (await ports.cri.containers(component)).filter(isStaticPod);
  const container = containers[0];
  const mentions = kubelet.errors.filter((line) => line.includes(component));
  if (container === undefined) {
    const image = await imageOf(component, ports);
    const found = recognise(mentions, kubeletCauses);
    return {
      component,
      container,
      ended: undefined,
      logs: [],
      kubeletLines: lastWords(mentions),
      found: kubelet.paralysis ?? found,
      finalCause: ifFinal(found),
      ...(image === undefined ? {} : { image }),
    };
  }
  // What ended before a first start belongs to an earlier Pod, which may have had another manifest.
  const ended = (container.attempt === 0 ? [container] : containers).find(({ state }) => state === 'exited');
  const logs = await readLogs(ports.host.files, [ended, container.state === 'running' ? container : undefined]);
  const words = container.state === 'created' ? lastWords(mentions) : [];
  return { component, container, ended, logs, kubeletLines: words, ...recogniseIn(component, { container, ended, logs, mentions }) };
}

function lastWords(mentions: readonly string[]): readonly string[] {
  return withoutRepeats(mentions.filter((line) => !failedReport.test(line))).slice(-kubeletLines);
}

/** Others may run containers of the same name. */
function isStaticPod({ name, pod }: ContainerStatus): boolean {
  return pod.namespace === 'kube-system' && pod.name.startsWith(`${name}-`);
}

async function imageOf(component: string, { cri, host, manifests }: SurveyPorts): Promise<ComponentState['image']> {
  const name = await readManifestImage(host.files, `${manifests}/${component}.yaml`);
  return name === undefined ? undefined : { name, present: await cri.hasImage(name) };
}

async function readLogs(files: Files, containers: readonly (ContainerStatus | undefined)[]): Promise<ComponentState['logs']> {
  const known = containers.filter((container) => container !== undefined);
  return Promise.all(known.map(async (container) => ({ container, tail: await readContainerLog(files, container.logPath, logLines) })));
}

interface Traces extends Pick<ComponentState, 'ended' | 'logs'> {
  readonly container: ContainerStatus;
  /** Lines of the kubelet that name the component. */
  readonly mentions: readonly string[];
}

/** The log of the running container counts before that of one that ended: what made the other end may be over. */
function recogniseIn(component: string, traces: Traces): Pick<ComponentState, 'found' | 'finalCause'> {
  const { container, ended, logs, mentions } = traces;
  const causes = causesOf(component);
  if (container.state === 'created') {
    const found = recognise(mentions, kubeletCauses);
    // Where the kubelet has nothing to tell, it only pauses after an end.
    return {
      found:
        found ??
        recognise(
          logs.flatMap(({ tail }) => ('lines' in tail ? tail.lines : [])),
          causes,
        ),
      finalCause: ifFinal(found),
    };
  }
  const ends = ended === undefined ? [] : [[ended.reason, ended.message].filter((part) => part !== undefined).join(': ')];
  const linesOf = (wanted: (one: ContainerStatus) => boolean): readonly string[] =>
    logs.flatMap((log) => (wanted(log.container) && 'lines' in log.tail ? log.tail.lines : []));
  const ofEnded = linesOf((one) => one === ended);
  const found = [linesOf((one) => one !== ended), ofEnded, ends].map((lines) => recognise(lines, causes)).find(isKnown);
  const finals = causes.filter(({ final }) => final);
  return { found, finalCause: recognise([...ofEnded.filter(isErrorLine), ...ends], finals) };
}

function isKnown(found: Recognised | undefined): found is Recognised {
  return found !== undefined;
}

function ifFinal(found: Recognised | undefined): Recognised | undefined {
  return found?.cause.final === true ? found : undefined;
}

interface Pod {
  readonly spec?: { readonly containers?: readonly { readonly image?: unknown }[] };
}

/** The image of the first container; undefined when the manifest is missing, cannot be read or does not tell. */
async function readManifestImage(files: Pick<Files, 'readText'>, file: string): Promise<string | undefined> {
  const text = await files.readText(file).catch((error: unknown) => {
    if (isProblemError(error)) return undefined;
    throw error;
  });
  const document = text === undefined ? undefined : readYaml(text);
  if (document === undefined || 'fault' in document) return undefined;
  const image = (document.data as Pod | null)?.spec?.containers?.[0]?.image;
  return typeof image === 'string' ? image : undefined;
}
