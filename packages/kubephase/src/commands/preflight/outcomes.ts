/** How preflight checks turned out, as a table and as data. */
import { printDocument, printTable, type DocumentFormat } from '../../output/print.ts';
import type { CheckOutcome, WeighedFinding } from '../../preflight/run.ts';

/** A table of all checks, and below it what they found, with what mends it. */
export function outcomeText(outcomes: readonly CheckOutcome[]): string {
  const rows = outcomes.map(({ name, status, durationMs }) => [name, status, `${durationMs} ms`]);
  return [printTable([['CHECK', 'STATUS', 'TIME'], ...rows]), ...outcomes.filter(hasFindings).map(findingText)].join('\n');
}

/** A list with one object for each check. */
export function outcomeDocument(outcomes: readonly CheckOutcome[], format: DocumentFormat): Promise<string> {
  const list = outcomes.map(({ name, severity, status, findings, durationMs }) => ({
    name,
    severity,
    status,
    findings: findings.map(findingData),
    durationMs,
  }));
  return printDocument(list, format);
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
