/** Collects what a run has to hand over at its end: texts for people, or one document for programs. */
import type { Action, Listener, PhaseOutcome, RunEvent, RunResult } from 'phaserunner';
import { jsonSafe, type JsonSafe } from 'phaserunner/render';

/** `text` covers every form for people; `jsonl` is only the events. */
export type ReportFormat = 'text' | 'json' | 'yaml' | 'jsonl';

/** What the run did, as printed by `-o json` and `-o yaml`. Durations are seconds. */
export interface RunDocument {
  readonly apiVersion: 'output.kubephase.dev/v1alpha1';
  readonly kind: 'RunReport';
  /** Words of the command, such as `init`. */
  readonly workflow?: string;
  readonly status: RunResult['status'];
  readonly durationSeconds: number;
  /** Phases that were reached, in the order of the run. */
  readonly phases: readonly PhaseEntry[];
  /** Selected phases that were not reached. */
  readonly remaining?: readonly string[];
  readonly resumeFrom?: string;
  /** What was warned of, in order; `phase` is absent where it concerns the whole run. */
  readonly warnings?: readonly { readonly phase?: string; readonly text: string }[];
  /** What a dry run would have done, in order, each with the path of its phase. */
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

/** The report of a run: what phases hand over, and what they are handed over as. */
export interface RunReport {
  readonly format: ReportFormat;
  /** Sets a field of the document. */
  set(field: string, value: unknown): void;
  /** Adds text for people, verbatim. */
  print(text: string): void;
  /** Has to hear every event of the run. */
  readonly listener: Listener;
  /** Text for standard output, to be written when nothing is drawn any more; empty in formats for programs. */
  text(): string;
  /** The document of `json` and `yaml`, plain data. */
  document(result: RunResult): RunDocument;
}

interface Collected {
  workflow?: string;
  dryRun?: boolean;
  readonly actions: { readonly phase: string; readonly action: Action }[];
  readonly warnings: { readonly phase?: string; readonly text: string }[];
  readonly fields: Map<string, unknown>;
}

/** The format that a value of `--output` stands for. */
export function reportFormat(output: string): ReportFormat {
  return output === 'json' || output === 'yaml' || output === 'jsonl' ? output : 'text';
}

/** Makes the report. In the formats for programs texts are dropped, in the others fields are. */
export function createReport(format: ReportFormat): RunReport {
  const texts: string[] = [];
  const collected: Collected = { actions: [], warnings: [], fields: new Map() };
  return {
    format,
    listener: (event) => collect(collected, event),
    set: (field, value) => {
      if (format === 'json' || format === 'yaml') collected.fields.set(field, value);
    },
    print: (text) => {
      if (format === 'text') texts.push(text);
    },
    text: () => texts.join(''),
    document: (result) => toDocument(collected, result),
  };
}

/** The document of a run that could not be opened. */
export function runDocument(workflow: string, result: RunResult): RunDocument {
  return toDocument({ workflow, actions: [], warnings: [], fields: new Map() }, result);
}

function collect(collected: Collected, event: RunEvent): void {
  if (event.type === 'run-start') Object.assign(collected, { workflow: event.workflow, dryRun: event.dryRun === true });
  if (event.type === 'action' && collected.dryRun === true) collected.actions.push({ phase: event.path, action: event.action });
  if (event.type === 'message' && event.level === 'warning')
    collected.warnings.push({ ...(event.path === undefined ? {} : { phase: event.path }), text: event.text });
}

function toDocument({ workflow, dryRun, actions, warnings, fields }: Collected, result: RunResult): RunDocument {
  const { status, durationMs, phases, remaining, resumeFrom, problems = [] } = result;
  return {
    apiVersion: 'output.kubephase.dev/v1alpha1',
    kind: 'RunReport',
    ...(workflow === undefined ? {} : { workflow }),
    status,
    durationSeconds: durationMs / 1000,
    phases: phases.map(phaseEntry),
    ...(remaining.length === 0 ? {} : { remaining }),
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(dryRun === true ? { actions: actions.map(({ phase, action }) => jsonSafe({ phase, ...action })) } : {}),
    ...(fields.size === 0 ? {} : { result: jsonSafe(Object.fromEntries(fields)) }),
    ...(problems.length === 0 ? {} : { problems: jsonSafe(problems) }),
  };
}

function phaseEntry({ path, status, durationMs, reason }: PhaseOutcome): PhaseEntry {
  return { path, status, durationSeconds: durationMs / 1000, ...(reason === undefined ? {} : { reason }) };
}
