/** What scenarios make nodes with. */
import { inject } from 'vitest';
import { bootNode, type Node, type NodeOptions } from './node.ts';

/** Takes about two seconds. What the scenario does not remove is removed after the run. */
export function createNode(options: NodeOptions): Promise<Node> {
  return bootNode(inject('machine'), options);
}
