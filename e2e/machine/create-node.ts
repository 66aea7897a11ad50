/** What scenarios make nodes with. */
import { inject } from 'vitest';
import { bootNode, type NodeOptions } from './boot-node.ts';
import type { Node } from './node.ts';

/** Takes about a second. What the scenario does not remove is removed after the run. */
export function createNode(options: NodeOptions): Promise<Node> {
  return bootNode(inject('machine'), options);
}
