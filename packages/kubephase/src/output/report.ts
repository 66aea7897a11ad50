/** Collects what a run has to hand over at its end: texts for people, or one document for programs. */
import type { Action, Listener, PhaseOutcome, Problem, RunEvent, RunResult } from 'phaserunner';
import { jsonSafe } from 'phaserunner/render';
import { isRetryable, warningText } from '../problems/catalogue.ts';
import { runDocumentVersion, type PhaseEntry, type ReportedProblem, type ReportedWarning, type RunDocument } from './run-document.ts';

/** `text` covers every form for people; `jsonl` is only the events. */
export type ReportFormat = 'text' | 'json' | 'yaml' | 'jsonl';

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

/** What the report is about. */
export interface ReportedRun {
  /** Words of the command, without the program's name. */
  readonly command: string;
  readonly workflow: string;
}

interface Collected extends ReportedRun {
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
export function createReport(format: ReportFormat, run: ReportedRun): RunReport {
  const texts: string[] = [];
  const collected: Collected = { ...run, actions: [], warnings: [], fields: new Map() };
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
export function runDocument(run: ReportedRun, result: RunResult): RunDocument {
  return toDocument({ ...run, actions: [], warnings: [], fields: new Map() }, result);
}

/** `problem` as data. */
export function reportedProblem(problem: Problem): ReportedProblem {
  return jsonSafe({ ...problem, retryable: problem.retryable ?? isRetryable(problem.code) }) as unknown as ReportedProblem;
}

/** A problem that stops nothing, as data. */
export function reportedWarning(problem: Problem): ReportedWarning {
  return { text: warningText(problem), ...reportedProblem(problem) };
}

function collect(collected: Collected, event: RunEvent): void {
  if (event.type === 'run-start') collected.dryRun = event.dryRun === true;
  if (event.type === 'action' && collected.dryRun === true) collected.actions.push({ phase: event.path, action: event.action });
  if (event.type === 'message' && event.level === 'warning')
    collected.warnings.push({ ...(event.path === undefined ? {} : { phase: event.path }), text: event.text });
}

function toDocument({ command, workflow, dryRun, actions, warnings, fields }: Collected, result: RunResult): RunDocument {
  const { status, durationMs, phases, remaining, resumeFrom, problems = [] } = result;
  return {
    apiVersion: runDocumentVersion,
    kind: 'RunReport',
    command,
    workflow,
    status,
    durationMs,
    phases: phases.map(phaseEntry),
    ...(remaining.length === 0 ? {} : { remaining }),
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(dryRun === true ? { actions: actions.map(({ phase, action }) => jsonSafe({ phase, ...action })) } : {}),
    ...(fields.size === 0 ? {} : { result: jsonSafe(Object.fromEntries(fields)) }),
    ...(problems.length === 0 ? {} : { problems: problems.map(reportedProblem) }),
  };
}

function phaseEntry({ path, status, durationMs, reason }: PhaseOutcome): PhaseEntry {
  return { path, status, durationMs, ...(reason === undefined ? {} : { reason }) };
}
