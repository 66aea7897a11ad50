/** Renders a run as JSON lines: one event a line, for programs. The schema is `docs/reference/events.schema.json`. */
import type { RunEvent } from '../events.ts';
import type { Output } from './io.ts';
import { jsonSafe } from './json-safe.ts';
import type { Renderer } from './renderer.ts';

/** Writes every event to `output`; what is no event goes to `beside`. */
export function createJsonLinesRenderer(output: Output, beside: Output): Renderer {
  return {
    listener: (event) => output.write(`${jsonLine(event)}\n`),
    tell: (line) => beside.write(`${line}\n`),
    close: () => undefined,
  };
}

/** `event` as one line of JSON with the field `time` (ISO 8601) beside `timeMs`. */
function jsonLine(event: RunEvent): string {
  const { schema, sequence, timeMs, ...body } = event;
  return JSON.stringify(jsonSafe({ schema, sequence, timeMs, time: new Date(timeMs), ...body }));
}
