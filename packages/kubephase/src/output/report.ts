/** Collects what a run has to hand over at its end: texts for people, or one document for programs. */
import type { Action, Listener, PhaseOutcome, RunEvent } from 'phaserunner';
import { jsonSafe, type JsonSafe } from 'phaserunner/render';
import type { Report } from '../commands/init/context.ts';

/** `text` covers every form for people; `jsonl` is only the events. */
export type ReportFormat = 'text' | 'json' | 'yaml' | 'jsonl';

export interface ReportOptions {
  /** True when actions were only intended; the document then lists them. */
  readonly rehearsal: boolean;
}

/** What the run did, as printed by `-o json` and `-o yaml`. Durations are seconds. */
export interface RunDocument {
  readonly apiVersion: 'output.kubephase.dev/v1alpha1';
  readonly kind: 'RunReport';
  /** Words of the command, such as `init`. */
  readonly workflow?: string;
  /** This and `durationSeconds` are absent when the run never came to its end. */
  readonly status?: string;
  readonly durationSeconds?: number;
  /** Phases that were reached, in the order of the run. */
  readonly phases: readonly PhaseEntry[];
  /** Selected phases that were not reached. */
  readonly remaining?: readonly string[];
  readonly resumeFrom?: string;
  /** What was warned of, in order; `phase` is absent where it concerns the whole run. */
  readonly warnings?: readonly { readonly phase?: string; readonly text: string }[];
  /** What a rehearsal would have done, in order, each with the path of its phase. */
  readonly actions?: readonly JsonSafe[];
  /** Fields set by phases, such as `joinCommand`. They may hold secrets that the user asked for. */
  readonly result?: JsonSafe;
  readonly problems?: JsonSafe;
}

export interface PhaseEntry {
  readonly path: string;
  readonly status: PhaseOutcome['status'];
  readonly durationSeconds: number;
  readonly reason?: string;
}

/** The report of a run with the parts that its command needs. */
export interface RunReport extends Report {
  /** Has to hear every event of the run. */
  readonly listener: Listener;
  /** Text for standard output, to be written when nothing is drawn any more; empty in formats for programs. */
  text(): string;
  /** The document of `json` and `yaml`, plain data. */
  document(): RunDocument;
}

type RunEnd = RunEvent & { readonly type: 'run-end' };

interface Collected {
  workflow?: string;
  end?: RunEnd;
  readonly actions: { readonly phase: string; readonly action: Action }[];
  readonly warnings: { readonly phase?: string; readonly text: string }[];
  readonly fields: Map<string, unknown>;
}

/** Makes the report. In the formats for programs texts are dropped, in the others fields are. */
export function createReport(format: ReportFormat, options: ReportOptions): RunReport {
  const texts: string[] = [];
  const collected: Collected = { actions: [], warnings: [], fields: new Map() };
  return {
    listener: (event) => collect(collected, event, options),
    set: (field, value) => {
      if (format === 'json' || format === 'yaml') collected.fields.set(field, value);
    },
    print: (text) => {
      if (format === 'text') texts.push(text);
    },
    text: () => texts.join(''),
    document: () => toDocument(collected, options),
  };
}

function collect(collected: Collected, event: RunEvent, { rehearsal }: ReportOptions): void {
  if (event.type === 'run-start') collected.workflow = event.workflow;
  if (event.type === 'action' && rehearsal) collected.actions.push({ phase: event.path, action: event.action });
  if (event.type === 'message' && event.level === 'warning')
    collected.warnings.push({ ...(event.path === undefined ? {} : { phase: event.path }), text: event.text });
  if (event.type === 'run-end') collected.end = event;
}

function toDocument({ workflow, end, actions, warnings, fields }: Collected, { rehearsal }: ReportOptions): RunDocument {
  return {
    apiVersion: 'output.kubephase.dev/v1alpha1',
    kind: 'RunReport',
    ...(workflow === undefined ? {} : { workflow }),
    ...(end === undefined ? { phases: [] } : endFields(end)),
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(rehearsal ? { actions: actions.map(({ phase, action }) => jsonSafe({ phase, ...action })) } : {}),
    ...(fields.size === 0 ? {} : { result: jsonSafe(Object.fromEntries(fields)) }),
    ...(end?.problems === undefined || end.problems.length === 0 ? {} : { problems: jsonSafe(end.problems) }),
  };
}

function endFields(end: RunEnd): Pick<RunDocument, 'status' | 'durationSeconds' | 'phases' | 'remaining' | 'resumeFrom'> {
  return {
    status: end.status,
    durationSeconds: end.durationMs / 1000,
    phases: end.phases.map(phaseEntry),
    ...(end.remaining.length === 0 ? {} : { remaining: end.remaining }),
    ...(end.resumeFrom === undefined ? {} : { resumeFrom: end.resumeFrom }),
  };
}

function phaseEntry({ path, status, durationMs, reason }: PhaseOutcome): PhaseEntry {
  return { path, status, durationSeconds: durationMs / 1000, ...(reason === undefined ? {} : { reason }) };
}
