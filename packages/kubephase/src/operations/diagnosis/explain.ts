/** Makes problems of what keeps the kubelet and the control plane from coming up: state, likely cause, last lines of logs, next commands. */
import type { Evidence, Problem } from 'phaserunner';
import { formatGoDuration } from '../../formats/duration.ts';
import { problem, type ProblemCode } from '../../problems/catalogue.ts';
import type { Recognised } from './cause.ts';
import { describeContainer, shorten, type ComponentState, type Survey } from './component-state.ts';
import type { Verdict } from './hopeless.ts';
import { withoutRepeats } from './log-line.ts';
import { noKubeletLog } from './logs.ts';

/** Of the ID of a container, as crictl itself shows it. */
const shortIdLength = 13;

/** Somebody who was waited for in vain. */
export interface Unhealthy {
  readonly component: string;
  readonly url: string;
  /** What its health endpoint answered last. */
  readonly fault: string;
  readonly deadlineMs: number;
  /** That answer would have stayed the same. */
  readonly hopeless: boolean;
}

export interface Setting {
  readonly survey: Survey;
  /** URL of the container runtime, for commands. */
  readonly criSocket: string;
}

const inVain = 'cannot become healthy: waiting does not help';
const evidenceLines = 10;
const lineLength = 400;
const goOn =
  'Then run init again, or go on from here with --from wait-control-plane. ' +
  'After a change of the configuration go on with --from etcd, which writes the manifests anew.';
const kubeletCommands = 'systemctl status kubelet and journalctl -xeu kubelet';

/** After a deadline, or when the answers stay as they are: one problem for each. */
export function explainTimeout(unhealthy: readonly Unhealthy[], setting: Setting): readonly Problem[] {
  const apiServer = unhealthy.find(({ component }) => component === 'kube-apiserver');
  return unhealthy.map((one) => {
    const summary = one.hopeless
      ? `${one.component} ${inVain}`
      : `${one.component} did not become healthy within ${formatGoDuration(one.deadlineMs)}`;
    const answer = `${one.url}: ${one.fault}`;
    if (one.component === 'kubelet') return explainKubelet(`the ${summary}`, answer, setting);
    // Without the API server the others cannot become healthy: it is the one to look at.
    if (apiServer !== undefined && apiServer !== one) return explainFollower(one.component, { summary, answer, setting });
    return explainComponent(one.component, { summary, answer, setting });
  });
}

/** Before a deadline: the one problem that makes waiting vain. */
export function explainVerdict(verdict: Verdict, setting: Setting): Problem {
  if (verdict.kind === 'runtime') {
    return { ...verdict.fault, evidence: kubeletEvidence(setting.survey) };
  }
  const name = verdict.kind === 'kubelet' ? 'the kubelet' : verdict.component;
  const summary = `${name} ${inVain}`;
  if (verdict.kind === 'kubelet') return explainKubelet(summary, undefined, setting);
  return explainComponent(verdict.component, { summary, answer: undefined, setting });
}

interface Facts {
  readonly summary: string;
  /** Of the health endpoint. */
  readonly answer: string | undefined;
  readonly setting: Setting;
}

function explainKubelet(summary: string, answer: string | undefined, { survey }: Setting): Problem {
  const { cause } = survey.kubelet;
  return make('KUBELET_UNHEALTHY', {
    summary,
    object: 'kubelet',
    detail: [answer, survey.runtimeFault?.summary, causeLine(cause), missingLog(survey)],
    evidence: kubeletEvidence(survey),
    remedy: [cause?.cause.remedy, `Look at ${kubeletCommands}.`, goOn],
  });
}

function explainComponent(component: string, { summary, answer, setting }: Facts): Problem {
  const { survey, criSocket } = setting;
  const states = statesOf(survey, component);
  const blamed = states.find(isToBlame) ?? states.at(-1);
  // A container that was not created is the work of the kubelet.
  const byKubelet = blamed?.container === undefined;
  const found = blamed?.found ?? (byKubelet ? survey.kubelet.cause : undefined);
  const stateLines = [survey.runtimeFault?.summary, ...states.toReversed().map(stateLine)];
  return make('CONTROL_PLANE_UNHEALTHY', {
    summary,
    object: component,
    detail: [answer, ...stateLines, causeLine(found), byKubelet ? missingLog(survey) : undefined],
    evidence: [...states.flatMap(kubeletWords), ...states.flatMap(logEvidence), ...(byKubelet ? kubeletEvidence(survey) : [])],
    remedy: [found?.cause.remedy, `Look at ${commands(blamed, criSocket)}.`, goOn],
  });
}

function missingLog({ kubelet }: Survey): string | undefined {
  return kubelet.found ? undefined : noKubeletLog;
}

/** What there is to see of the component, after what it needs: an API server that ends usually lacks etcd. */
function statesOf(survey: Survey, component: string): readonly ComponentState[] {
  const names = component === 'kube-apiserver' ? ['etcd', component] : [component];
  return names.map((name) => stateOf(survey, name)).filter((state) => state !== undefined);
}

function explainFollower(component: string, { summary, answer, setting: { survey } }: Facts): Problem {
  const state = stateOf(survey, component);
  return make('CONTROL_PLANE_UNHEALTHY', {
    summary,
    object: component,
    detail: [answer, state === undefined ? undefined : stateLine(state), causeLine(state?.found)],
    evidence: [],
    remedy: ['Mend kube-apiserver first: this component needs it.'],
  });
}

function stateLine(state: ComponentState): string {
  return `${state.component}: ${describeContainer(state)}`;
}

/** A component that does not run, or for which a cause is known. */
function isToBlame({ container, found }: ComponentState): boolean {
  return container?.state !== 'running' || found !== undefined;
}

function stateOf({ components }: Survey, name: string): ComponentState | undefined {
  return components.find(({ component }) => component === name);
}

function causeLine(found: Recognised | undefined): string | undefined {
  return found === undefined ? undefined : `likely cause: ${found.cause.means} (${shorten(found.line, lineLength)})`;
}

/** With a known cause its line is shown already. */
function kubeletWords({ component, found, kubeletLines }: ComponentState): readonly Evidence[] {
  if (found !== undefined || kubeletLines.length === 0) return [];
  return [{ title: `last errors of the kubelet about ${component}`, lines: shortened(kubeletLines) }];
}

function logEvidence({ component, logs }: ComponentState): readonly Evidence[] {
  return logs.map(({ container, tail }) => ({
    title: `last lines of ${component}, ${container.state === 'running' ? 'which runs' : 'which ended'}`,
    lines: 'lines' in tail ? shortened(tail.lines) : [tail.missing],
  }));
}

function kubeletEvidence({ kubelet: { errors } }: Survey): readonly Evidence[] {
  return errors.length === 0 ? [] : [{ title: 'last errors of the kubelet', lines: shortened(withoutRepeats(errors)) }];
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.slice(-evidenceLines).map((line) => shorten(line, lineLength));
}

function commands(state: ComponentState | undefined, criSocket: string): string {
  const crictl = `crictl --runtime-endpoint ${criSocket}`;
  const container = state?.ended ?? state?.container;
  if (container !== undefined) return `${crictl} logs ${container.id.slice(0, shortIdLength)}`;
  return `${crictl} ps -a, ${kubeletCommands}`;
}

interface Parts {
  readonly summary: string;
  readonly object: string;
  readonly detail: readonly (string | undefined)[];
  readonly evidence: readonly Evidence[];
  readonly remedy: readonly (string | undefined)[];
}

function make(code: ProblemCode, { summary, object, detail, evidence, remedy }: Parts): Problem {
  return problem(code, {
    summary,
    detail: linesOf(detail),
    ...(evidence.length === 0 ? {} : { evidence }),
    remedy: linesOf(remedy),
    where: { object },
  });
}

function linesOf(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\n');
}
