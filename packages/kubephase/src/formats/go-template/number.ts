/** Reads numbers as Go writes them: `0x1f`, `0o17`, `017`, `0b11`, `1_000`, `1.5e3`. */
import { TemplateFault } from '../go-text/fault.ts';

/** @throws TemplateFault for digits that the base does not have, or misplaced underscores */
export function readNumber(text: string, offset: number): number {
  const misplaced = /__|_$|_\.|\._|^[-+]?_/.test(text);
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const octal = /^0[0-7]+$/.test(digits);
  const value = octal ? Number.parseInt(digits, 8) : Number(digits);
  if (misplaced || Number.isNaN(value)) throw new TemplateFault(`${text} is not a number`, offset);
  return text.startsWith('-') ? -value : value;
}
