/** Opens one run of checks. */
import type { CheckContext } from './check.ts';

/** Returns `parts` with what belongs to one run of checks. */
export function openChecks<C extends Omit<CheckContext, 'signal' | 'installedKubelet'>>(
  parts: C,
  signal: AbortSignal,
): C & Pick<CheckContext, 'signal' | 'installedKubelet'> {
  let asked: ReturnType<CheckContext['installedKubelet']> | undefined;
  const ask = async (): ReturnType<CheckContext['installedKubelet']> =>
    (await import('./versions.ts')).askKubeletVersion(parts.host.programs);
  return { ...parts, signal, installedKubelet: () => (asked ??= ask()) };
}
