/** Writes a flag value the way a user types it. */
import type { FlagValue } from '../flags.ts';

/** Returns the text after `--name=`; list items and map entries are quoted where they need it. */
export function valueText(value: FlagValue): string {
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.map(csvItem).join(',');
  return Object.entries(value)
    .map(([name, text]) => csvItem(`${name}=${text}`))
    .join(',');
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isList(value: FlagValue): value is readonly string[] {
  return Array.isArray(value);
}

function csvItem(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
