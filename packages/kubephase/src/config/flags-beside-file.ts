/** Flags beside a configuration file: those that may stand there although the file has a field for the same thing, and those that may not. */
import type { FlagValue, FlagValues } from 'phaserunner';
import { flagsAgainstConfig, type FieldTable } from '../flags/fields.ts';
import { problem } from '../problems/catalogue.ts';
import type { Findings } from './findings.ts';

/** Reports flags that set fields beside a file. Returns whether there are any. */
export function reportFlagConflicts(table: FieldTable, flags: FlagValues, findings: Findings): boolean {
  const names = flagsAgainstConfig(table, flags);
  if (names.length === 0) return false;
  const found = problem('FLAG_CONFLICT', {
    summary: `can not mix '--config' with arguments [${names.join(' ')}]`,
    remedy: 'Write these values into the configuration file, or leave out --config.',
    where: { object: '--config' },
  });
  findings.add('error', found);
  return true;
}

/** Fields that flags change although a file may hold them too, with their kind in front; absent where the command has no such field. */
export interface ChoiceFields {
  /** The flag wins when it was given, also with false. */
  readonly 'dry-run'?: string;
  /** The flag's list wins when it is not empty. */
  readonly 'skip-phases'?: string;
  /** Both lists count. */
  readonly 'ignore-preflight-errors'?: string;
}

const names = ['dry-run', 'skip-phases', 'ignore-preflight-errors'] as const;

/** Which flag changed which field: `InitConfiguration.dryRun` → `--dry-run`. */
export function choiceFlags(fields: ChoiceFields, flags: FlagValues): ReadonlyMap<string, string> {
  return new Map(chosen(fields, flags).map(({ name, field }): [string, string] => [field, `--${name}`]));
}

/** Returns what was given with the changes of the flags. */
export function applyChoices<G extends object>(given: G, fields: ChoiceFields, flags: FlagValues): G {
  return chosen(fields, flags).reduce<G>((result, { name, field, value }) => {
    const [, ...path] = field.split('.');
    // The path is one of the schema's, so the form stays the same.
    return withValue(result, path, name === 'ignore-preflight-errors' ? joined(value) : () => value) as G;
  }, given);
}

interface Choice {
  readonly name: (typeof names)[number];
  readonly field: string;
  readonly value: FlagValue;
}

function chosen(fields: ChoiceFields, flags: FlagValues): readonly Choice[] {
  return names.flatMap((name) => {
    const field = fields[name];
    const value = flags[name];
    return field === undefined || value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [{ name, field, value }];
  });
}

type Change = (before: unknown) => unknown;

function joined(value: FlagValue): Change {
  return (before) => [...(Array.isArray(before) ? before : []), ...(Array.isArray(value) ? value : [])];
}

function withValue(object: unknown, [head = '', ...rest]: readonly string[], change: Change): unknown {
  const members = (object ?? {}) as Readonly<Record<string, unknown>>;
  const before = members[head];
  return { ...members, [head]: rest.length === 0 ? change(before) : withValue(before, rest, change) };
}
