/** Reads a JSONPath template: texts, and actions in braces. */
import { TemplateFault } from '../go-text/fault.ts';
import { closingBracket, sliceSource, trimSource, type Source } from './source.ts';
import { readSteps } from './steps.ts';
import type { Part, Template } from './tree.ts';

/**
 * Reads a template in the dialect of kubectl. A range without `{end}` reaches to the end of the template.
 * @throws TemplateFault
 * @see https://kubernetes.io/docs/reference/kubectl/jsonpath/
 */
export function parseJsonPath(text: string): Template {
  const top: Part[] = [];
  const bodies = [top];
  for (const piece of pieces({ text, offset: 0 })) {
    const body = bodies.at(-1) ?? top;
    if (typeof piece === 'string') body.push({ kind: 'text', text: piece });
    else if (/^end$/.test(piece.text)) closeRange(bodies, piece);
    else if (/^range(?![\p{L}\p{N}_])/u.test(piece.text)) bodies.push(openRange(body, piece));
    else body.push({ kind: 'print', steps: readSteps(piece) });
  }
  return top;
}

function openRange(body: Part[], piece: Source): Part[] {
  const inner: Part[] = [];
  body.push({ kind: 'range', steps: readSteps(sliceSource(piece, 'range'.length)), body: inner });
  return inner;
}

function closeRange(bodies: Part[][], piece: Source): void {
  if (bodies.length === 1) throw new TemplateFault('"end" closes no range', piece.offset);
  bodies.pop();
}

/** Texts as strings, and the insides of braces. */
function pieces(source: Source): readonly (string | Source)[] {
  const found: (string | Source)[] = [];
  let index = 0;
  while (index < source.text.length) {
    const open = source.text.indexOf('{', index);
    if (open !== index) found.push(source.text.slice(index, open === -1 ? undefined : open));
    if (open === -1) break;
    const close = closingBracket(source, open);
    found.push(trimSource(sliceSource(source, open + 1, close)));
    index = close + 1;
  }
  return found;
}
