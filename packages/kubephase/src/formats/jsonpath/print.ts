/** Applies a JSONPath template to an object. */
import { printGoJson } from '../go-text/json.ts';
import { printNumber } from '../go-text/number.ts';
import { select, type SelectOptions } from './select.ts';
import type { Template } from './tree.ts';

export interface JsonPathOptions extends SelectOptions {
  /** True prints a JSON list for every text and every action, instead of values with blanks between them. */
  readonly asJson: boolean;
}

/** JSON of Kubernetes tools is indented by four blanks. */
const jsonIndent = 4;

/**
 * Returns what `template` prints for `data`, plain JSON data; without a newline at the end, except as JSON.
 * @throws TemplateFault
 */
export function printJsonPath(template: Template, data: unknown, options: JsonPathOptions): string {
  const printValues = options.asJson ? printJsonList : printTexts;
  const printed = template.map((part) => {
    if (part.kind === 'text') return printValues([part.text]);
    const values = select([data], part.steps, options);
    if (part.kind === 'print') return printValues(values);
    return values.map((value) => printJsonPath(part.body, value, options)).join('');
  });
  return printed.join('');
}

function printJsonList(values: readonly unknown[]): string {
  return `${printGoJson(values, { indent: jsonIndent, sortKeys: true })}\n`;
}

function printTexts(values: readonly unknown[]): string {
  return values.map(printText).join(' ');
}

function printText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? printNumber(value) : printGoJson(value, { indent: 0, sortKeys: true });
}
