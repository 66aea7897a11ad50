/** Decides which progress reports are worth a line: about every tenth of the way, or every five seconds. */

const quietMs = 5000;

export interface ProgressReport {
  readonly path: string;
  readonly label: string;
  readonly done: number;
  readonly total?: number;
  readonly timeMs: number;
}

/** Returns a function that says whether a report is to be shown, given those it let through before. */
export function createProgressThrottle(): (report: ProgressReport) => boolean {
  const shown = new Map<string, ProgressReport>();
  return (report) => {
    const last = shown.get(report.path);
    if (last !== undefined && !isWorthALine(report, last)) return false;
    shown.set(report.path, report);
    return true;
  };
}

function isWorthALine(report: ProgressReport, last: ProgressReport): boolean {
  if (report.timeMs - last.timeMs >= quietMs) return true;
  if (report.total === undefined || last.total === undefined) return report.label !== last.label;
  if (tenths(report) < tenths(last)) return report.label !== last.label;
  return tenths(report) > tenths(last);
}

/** Whole tenths of the way, from 0 to 10. */
function tenths(report: ProgressReport): number {
  if (report.total === undefined || report.total <= 0) return 10;
  return Math.min(10, Math.floor((report.done * 10) / report.total));
}

/** `report` in words: `4 of 10 (40 %)`, or only the count when the end is not known; empty before the first step of an open end. */
export function progressCount(report: { readonly done: number; readonly total?: number }): string {
  if (report.total === undefined) return report.done === 0 ? '' : String(report.done);
  const percent = report.total <= 0 ? 100 : Math.min(100, Math.floor((report.done / report.total) * 100));
  return `${report.done} of ${report.total} (${percent} %)`;
}
