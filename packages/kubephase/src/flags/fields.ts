/** Turns flags into the fields of the configuration that they set. */
import type { FlagValue, FlagValues } from 'phaserunner';

/** How a flag's value becomes its field's value, for fields whose form differs from the flag's. Others are taken as they are. */
const shapes: Readonly<Record<string, (value: FlagValue) => unknown>> = {
  'ClusterConfiguration.apiServer.extraArgs': toArguments,
  'ClusterConfiguration.controllerManager.extraArgs': toArguments,
  'ClusterConfiguration.scheduler.extraArgs': toArguments,
  'ClusterConfiguration.featureGates': toSwitches,
};

/** What the flags of one command set. */
export interface FieldTable {
  /** Field of the configuration by name of the flag, with its kind in front: `ClusterConfiguration.clusterName`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Those that may stand beside `--config`; the others contradict the file. */
  readonly besideFile?: readonly string[];
}

export interface FlagFields {
  /** Fields of documents, by kind. */
  readonly documents: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Which flag set which field: `ClusterConfiguration.certificatesDir` → `--cert-dir`. */
  readonly flags: ReadonlyMap<string, string>;
}

/** Builds documents that hold only what the given flags set. */
export function fieldsOfFlags(table: FieldTable, values: FlagValues): FlagFields {
  const documents: Record<string, Record<string, unknown>> = {};
  const flags = new Map<string, string>();
  for (const { name, field } of givenFields(table, values)) {
    const value = values[name];
    if (value === undefined) continue;
    setAt(documents, field.split('.'), shapes[field]?.(value) ?? value);
    flags.set(field, `--${name}`);
  }
  return { documents, flags };
}

/** Names of given flags that set a field of the configuration file and so contradict `--config`, sorted. */
export function flagsAgainstConfig(table: FieldTable, values: FlagValues): readonly string[] {
  return givenFields(table, values)
    .map(({ name }) => name)
    .filter((name) => table.besideFile?.includes(name) !== true)
    .sort();
}

function givenFields({ fields }: FieldTable, values: FlagValues): readonly { readonly name: string; readonly field: string }[] {
  return Object.entries(fields).flatMap(([name, field]) => (values[name] === undefined ? [] : [{ name, field }]));
}

/** Makes the objects and lists on the way; a number is an index. */
function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head = '', next] = path;
  if (next === undefined) {
    target[head] = value;
    return;
  }
  target[head] ??= /^\d+$/.test(next) ? [] : {};
  setAt(target[head] as Record<string, unknown>, path.slice(1), value);
}

function toArguments(value: FlagValue): unknown {
  return typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).map(([name, text]) => ({ name, value: text })) : value;
}

const truths: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falsehoods: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Words that are no switch stay text, so that the schema reports them with their flag. */
function toSwitches(value: FlagValue): unknown {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, word]) => [name, truths.has(word) ? true : falsehoods.has(word) ? false : word]),
  );
}
