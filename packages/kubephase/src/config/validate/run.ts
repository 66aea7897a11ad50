/** Runs rules over a configuration and reports what they find. */
import type { Reporter } from '../findings.ts';
import type { InitSubject, Rule } from './rule.ts';

/** Every rule is asked, so that the user sees everything at once. */
export function runRules(rules: readonly Rule[], subject: InitSubject, reporter: Reporter): void {
  const reported = new Set(reporter.reportedFields());
  for (const result of rules.flatMap((rule) => rule.check(subject))) {
    const path = result.field.split('.');
    // A field that could not be completed has a stand-in: what rules say of that would only confuse.
    if (reported.has(path.slice(1).join('.'))) continue;
    if ('remark' in result) {
      const { code = 'CONFIG_QUESTIONABLE_VALUE', remark, remedy } = result;
      reporter.warn(code, path, { summary: `${path.slice(1).join('.')}: ${remark}`, remedy });
    } else reporter.invalid(path, result);
  }
}
