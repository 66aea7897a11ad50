/** What others are told of this run: its command line without secrets, and how long it is willing to wait for them. */
import type { FlagValue } from 'phaserunner';
import type { Invocation } from 'phaserunner/commander';
import { flags as table } from '../../flags/flags.ts';
import { parseDuration } from '../../formats/duration.ts';
import { failure } from '../../problems/catalogue.ts';
import { maskSecrets } from '../../problems/secrets.ts';

/** Characters of a command that are told; the beginning says which it is. */
const longestCommand = 1000;

/** The command as it can be told to others: values of secret flags, and what looks like a secret, are masked. */
export function commandText({ words, given, args }: Pick<Invocation<unknown>, 'words' | 'given' | 'args'>): string {
  const flags = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [flagText(name, value)]));
  return maskSecrets([...words, ...flags, ...args].join(' ')).slice(0, longestCommand);
}

function flagText(name: string, value: FlagValue): string {
  const secret = (table as Readonly<Record<string, { readonly secret?: boolean }>>)[name]?.secret === true;
  if (value === true) return `--${name}`;
  return `--${name}=${secret ? '<masked>' : valueText(value)}`;
}

function valueText(value: FlagValue): string {
  if (typeof value !== 'object') return String(value);
  return (Array.isArray(value) ? value : Object.entries(value).map((entry) => entry.join('='))).join(',');
}

/**
 * Milliseconds of `--wait-for-lock`; 0 when it was not given.
 * @throws ProblemError `FLAG_VALUE_INVALID`
 */
export function patience(text: string | undefined): number {
  if (text === undefined) return 0;
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 0) return ms;
  throw failure('FLAG_VALUE_INVALID', {
    summary: `the --wait-for-lock flag has the value "${text}", which is no time to wait`,
    remedy: 'Write a duration that is not negative, such as 30s or 10m.',
    where: { object: '--wait-for-lock' },
  });
}
