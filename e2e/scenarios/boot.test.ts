/** `kubephase init` makes a cluster in one go. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node, type RunResult } from '../machine/node.ts';
import { bootstrapToken, configuration } from './configuration.ts';

describe('init in one go', () => {
  let node: Node;
  let result: RunResult;
  beforeAll(async () => {
    node = await createNode({ name: 'boot' });
    node.files.write('/tmp/init.yaml', configuration(node));
    result = await node.kubephase('init', '--config=/tmp/init.yaml', '--ignore-preflight-errors=ImagePull');
    succeeded(result);
  });
  afterAll(() => node?.remove());

  it('tells how to join other nodes', () => {
    expect(result.stdout).toContain(`kubephase join ${node.address}:6443 --token ${bootstrapToken}`);
    expect(result.stdout).toMatch(/--discovery-token-ca-cert-hash sha256:[0-9a-f]{64}/);
  });

  controlPlaneCases(() => node);
});
