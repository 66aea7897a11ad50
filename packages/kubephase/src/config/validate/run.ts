/** Runs rules over a configuration and reports what they find. */
import type { Reporter } from '../findings.ts';
import type { Rule } from './rule.ts';

/** Every rule is asked, so that the user sees everything at once. */
export function runRules<S>(rules: readonly Rule<S>[], subject: S, reporter: Reporter): void {
  const results = rules.flatMap((rule) => rule.check(subject));
  // Which fields are wrong before the rules: rules may report a field more than once.
  const wrong = new Set(results.map(({ field }) => field).filter((field) => reporter.isWrong(field)));
  for (const result of results) {
    const path = result.field.split('.');
    // A field that could not be completed has a stand-in: what rules say of that would only confuse.
    if (wrong.has(result.field)) continue;
    if ('remark' in result) {
      const { code = 'CONFIG_QUESTIONABLE_VALUE', remark, remedy } = result;
      reporter.warn(code, path, { summary: `${path.slice(1).join('.')}: ${remark}`, remedy });
    } else reporter.invalid(path, result);
  }
}
