/** The genuine kubeadm makes a cluster on a node of the rig: what fails here is the rig's fault, not the product's. */
import { afterAll, beforeAll, describe } from 'vitest';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { kubeadmConfiguration } from './configuration.ts';

describe('the genuine kubeadm on a node of the rig', () => {
  let node: Node;
  beforeAll(async () => {
    node = await createNode({ name: 'genuine' });
    node.files.write('/tmp/init.yaml', kubeadmConfiguration(node));
    succeeded(await node.kubeadm('init', '--config=/tmp/init.yaml', '--ignore-preflight-errors=ImagePull'));
  });
  afterAll(() => node?.remove());

  controlPlaneCases(() => node);
});
