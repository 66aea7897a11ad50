/** Names given to `--ignore-preflight-errors` that no check has. */
import type { Problem } from 'phaserunner';
import { problem } from '../problems/catalogue.ts';
import { isCheckName, nearestCheckName } from './check-names.ts';

/** Returns a problem for each name that is misspelt: who gives it believes that an error would only warn. */
export function unknownIgnoredChecks(ignored: readonly string[]): readonly Problem[] {
  return ignored.filter((name) => name !== 'all' && !isCheckName(name)).map((name) => unknownCheck(name, ignoredPlace));
}

const ignoredPlace = '--ignore-preflight-errors or ignorePreflightErrors of the configuration';

/** @param place where the name was given */
export function unknownCheck(name: string, place: string): Problem {
  const meant = nearestCheckName(name);
  return problem('PREFLIGHT_CHECK_UNKNOWN', {
    summary: `there is no preflight check ${JSON.stringify(name)}`,
    remedy: `${meant === undefined ? '' : `Did you mean ${meant}? `}\`preflight list\` shows all checks.`,
    where: { object: place },
  });
}
