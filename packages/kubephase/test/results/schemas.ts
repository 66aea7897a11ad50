/** Validators of what the program prints for programs, from the published schemas. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const reference = new URL('../../../../docs/reference/', import.meta.url);

export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(new URL(name, reference), 'utf8')) as Schema;
}

export const reportSchema = readSchema('run-report.schema.json');

const ajv = new Ajv2020({ allErrors: true, validateFormats: false });
const report = ajv.compile(reportSchema);
const event = ajv.compile(readSchema('events.schema.json'));

/** What is wrong with a report; empty when nothing is. */
export function reportFaults(document: unknown): readonly string[] {
  return faults(report, document);
}

/** What is wrong with an event; empty when nothing is. */
export function eventFaults(line: unknown): readonly string[] {
  return faults(event, line);
}

function faults(validate: ValidateFunction, data: unknown): readonly string[] {
  return validate(data) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
