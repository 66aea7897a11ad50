/** Reads one word of a command line as flags, in the notation of GNU and Go's pflag. */
import type { Command } from 'commander';
import { findOption, flagOf, type OwnedOption } from './options.ts';

/** A flag with the text of its value. */
export interface FlagUse extends OwnedOption {
  /** Absent when the command line ends where the value should be, and for switches that commander reads itself. */
  readonly value?: string;
  readonly missing?: true;
}

/** A word of the command line, with the word behind it. */
export interface Word {
  readonly text: string;
  readonly next: string | undefined;
}

/** What a word that starts with a dash says. */
export interface FlagWord {
  readonly uses: readonly FlagUse[];
  /** The part that no flag fits. */
  readonly unknown?: string;
  /** True when the next word is the value of the last flag. */
  readonly takesNext: boolean;
}

/** How much of the following text a flag takes. */
type Arity = 'switch' | 'bare switch' | 'value' | 'optional value';

/** Whether `word` is a flag or a group of one-letter flags, as opposed to an argument. */
export function isFlagWord(word: string): boolean {
  return word.length > 1 && word.startsWith('-') && word !== '--';
}

/** Reads `word`, for which `isFlagWord` holds, with the flags that `command` takes. */
export function readFlagWord(command: Command, word: Word): FlagWord {
  return word.text.startsWith('--') ? readLong(command, word) : readLetters(command, word);
}

function readLong(command: Command, { text, next }: Word): FlagWord {
  const equals = text.indexOf('=');
  const found = findOption(command, equals < 0 ? text : text.slice(0, equals));
  // A switch that commander reads itself cannot have a value.
  if (found === undefined || (equals > 0 && arityOf(found) === 'bare switch')) return { uses: [], unknown: text, takesNext: false };
  return complete(found, equals < 0 ? undefined : text.slice(equals + 1), next);
}

/** `-f`, `-fy`, `-v5`, `-v=5`, `-v 5`, `-fv5`: switches may be joined, the last letter may have a value. */
function readLetters(command: Command, { text, next }: Word): FlagWord {
  const uses: FlagUse[] = [];
  for (let at = 1; at < text.length; at += 1) {
    const found = findOption(command, `-${text[at]}`);
    if (found === undefined) return { uses, unknown: `-${text.slice(at)}`, takesNext: false };
    const rest = text.slice(at + 1);
    const joined = arityOf(found).endsWith('switch') && !rest.startsWith('=');
    if (rest === '' || !joined) {
      const last = complete(found, rest === '' ? undefined : rest.replace(/^=/, ''), next);
      return { ...last, uses: [...uses, ...last.uses] };
    }
    uses.push(switchedOn(found));
  }
  return { uses, takesNext: false };
}

function complete(found: OwnedOption, inline: string | undefined, next: string | undefined): FlagWord {
  if (inline !== undefined) return { uses: [{ ...found, value: inline }], takesNext: false };
  const arity = arityOf(found);
  if (arity.endsWith('switch')) return { uses: [switchedOn(found)], takesNext: false };
  if (arity === 'optional value' && (next === undefined || isFlagWord(next))) return { uses: [found], takesNext: false };
  // Like pflag: whatever follows is the value, a word that looks like a flag too.
  return next === undefined
    ? { uses: [{ ...found, missing: true }], takesNext: false }
    : { uses: [{ ...found, value: next }], takesNext: true };
}

function switchedOn(found: OwnedOption): FlagUse {
  return arityOf(found) === 'switch' ? { ...found, value: 'true' } : found;
}

function arityOf({ option }: OwnedOption): Arity {
  const flag = flagOf(option);
  if (flag !== undefined) return flag.type === 'boolean' ? 'switch' : 'value';
  if (option.required) return 'value';
  return option.optional ? 'optional value' : 'bare switch';
}
