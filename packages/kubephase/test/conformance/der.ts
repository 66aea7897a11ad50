/** A small DER reader, written apart from the product so that the comparison does not share its mistakes. */

export interface DerNode {
  /** Whole identifier octet. */
  readonly tag: number;
  readonly content: Buffer;
  readonly children: readonly DerNode[];
}

/** Reads the first DER element of `bytes`. */
export function readDer(bytes: Buffer): DerNode {
  return element(bytes, 0).node;
}

function element(bytes: Buffer, start: number): { node: DerNode; end: number } {
  const tag = bytes[start] ?? 0;
  let length = bytes[start + 1] ?? 0;
  let offset = start + 2;
  if (length >= 0x80) {
    const size = length & 0x7f;
    length = bytes.readUIntBE(offset, size);
    offset += size;
  }
  const content = bytes.subarray(offset, offset + length);
  return { node: { tag, content, children: (tag & 0x20) === 0 ? [] : sequence(content) }, end: offset + length };
}

function sequence(content: Buffer): DerNode[] {
  const nodes: DerNode[] = [];
  for (let offset = 0; offset < content.length;) {
    const { node, end } = element(content, offset);
    nodes.push(node);
    offset = end;
  }
  return nodes;
}

/** Dotted text of an OBJECT IDENTIFIER. */
export function oidOf(node: DerNode): string {
  const parts: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    parts.push(...(parts.length === 0 ? [Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40))] : [value]));
    value = 0;
  }
  return parts.join('.');
}

/** Child at `index`; throws when there is none. */
export function child(node: DerNode, index: number): DerNode {
  const found = node.children[index];
  if (found === undefined) throw new Error(`DER element 0x${node.tag.toString(16)} has no child ${index}`);
  return found;
}
