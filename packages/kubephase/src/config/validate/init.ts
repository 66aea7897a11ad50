/** All rules of the init family, in the order in which kubeadm reports. */
import { argumentRules } from './arguments.ts';
import { certificateRules } from './certificates.ts';
import { bindAddressRules, endpointRules } from './endpoint.ts';
import { etcdRules } from './etcd.ts';
import { featureGateRules } from './feature-gates.ts';
import { imageRules } from './images.ts';
import { networkingRules } from './networking.ts';
import { nodeMaskRules } from './node-mask.ts';
import { nodeRules } from './node.ts';
import type { Rule } from './rule.ts';
import { tokenRules } from './tokens.ts';

export const initRules: readonly Rule[] = [
  ...nodeRules,
  ...tokenRules,
  ...networkingRules,
  ...nodeMaskRules,
  ...argumentRules,
  ...certificateRules,
  ...featureGateRules,
  ...imageRules,
  ...etcdRules,
  ...endpointRules,
  ...bindAddressRules,
];
