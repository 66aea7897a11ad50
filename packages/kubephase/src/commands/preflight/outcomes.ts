/** How preflight checks turned out, as a table and as data. */
import type { Problem } from 'phaserunner';
import { jsonSafe } from 'phaserunner/render';
import { reportedProblem } from '../../output/report.ts';
import { commandDocument } from '../../output/run-document.ts';
import { printDocument, printTable, type DocumentFormat } from '../../output/print.ts';
import type { CheckOutcome, WeighedFinding } from '../../preflight/run.ts';

/** A table of all checks, and below it what they found, with what mends it. */
export function outcomeText(outcomes: readonly CheckOutcome[]): string {
  const rows = outcomes.map(({ name, status, durationMs }) => [name, status, `${durationMs} ms`]);
  return [printTable([['CHECK', 'STATUS', 'TIME'], ...rows]), ...outcomes.filter(hasFindings).map(findingText)].join('\n');
}

interface Outcome {
  readonly outcomes: readonly CheckOutcome[];
  readonly problems: readonly Problem[];
  readonly durationMs: number;
}

/** The report, with one object for each check in `result.checks`. */
export function outcomeDocument({ outcomes, problems, durationMs }: Outcome, format: DocumentFormat): Promise<string> {
  const checks = outcomes.map(({ name, severity, status, findings, durationMs: ofCheck }) => ({
    name,
    severity,
    status,
    findings: findings.map(findingData),
    durationMs: ofCheck,
  }));
  const report = { command: 'preflight run', durationMs, problems: problems.map(reportedProblem), result: jsonSafe({ checks }) };
  return printDocument(commandDocument(report), format);
}

/** Without the underlying error, which is no data. */
function findingData({ severity, summary, detail, remedy }: WeighedFinding): object {
  return { severity, summary, ...(detail === undefined ? {} : { detail }), ...(remedy === undefined ? {} : { remedy }) };
}

function hasFindings({ findings }: CheckOutcome): boolean {
  return findings.length > 0;
}

function findingText({ name, status, findings }: CheckOutcome): string {
  const lines = findings.flatMap(({ summary, detail, remedy, severity }) => [
    `  ${status === 'ignored' && severity === 'error' ? 'ignored' : severity}: ${summary}`,
    ...(detail === undefined ? [] : detail.split('\n').map((line) => `    ${line}`)),
    ...(remedy === undefined ? [] : [`    remedy: ${remedy}`]),
  ]);
  return [name, ...lines, ''].join('\n');
}
