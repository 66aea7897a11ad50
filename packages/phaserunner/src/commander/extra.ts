/** `--extra-phases FILE`: read before sub-commands and help are made, because it changes both. */
import type { Workflow } from '../workflow.ts';
import { parseCsv } from './values.ts';

const flag = '--extra-phases';

export interface ExtraPhaseRules {
  /** Called with each file before it is loaded. */
  readonly beforeLoading: (file: string) => void | Promise<void>;
  /** Names of flags that phases may not bring. */
  readonly reservedFlags: ReadonlySet<string>;
}

/** Returns `workflow` with the phases of every file that `words`, the rest of the command line, names. */
export async function withExtraPhases<C, F extends string, V>(
  workflow: Workflow<C, F, V>,
  words: readonly string[],
  { beforeLoading, reservedFlags }: ExtraPhaseRules,
): Promise<Workflow<C, F, V>> {
  const files = extraPhaseFiles(words);
  if (files.length === 0) return workflow;
  const { loadExtraPhases } = await import('../extra-phases.ts');
  let extended = workflow;
  for (const file of files) {
    await beforeLoading(file);
    extended = await loadExtraPhases(extended, file, { reservedFlags });
  }
  return extended;
}

/** Files named by `--extra-phases`, in order. Malformed lists are left to the reading of flags, which reports them. */
export function extraPhaseFiles(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  const flags = end < 0 ? words : words.slice(0, end);
  return flags.flatMap((word, at) => {
    const text = word === flag ? flags[at + 1] : word.startsWith(`${flag}=`) ? word.slice(flag.length + 1) : undefined;
    return (parseCsv(text ?? '') ?? []).map((item) => item.text);
  });
}
