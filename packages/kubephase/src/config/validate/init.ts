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
import type { InitSubject, Rule } from './rule.ts';
import { tokenRules } from './tokens.ts';
import { volumeRules } from './volumes.ts';

/** What a file may not hold, whatever it is used for. */
export const initFileRules: readonly Rule[] = [
  ...nodeRules<InitSubject>('InitConfiguration', ({ config, init }) => ({ node: config.nodeRegistration, given: init.nodeRegistration })),
  ...tokenRules,
  ...networkingRules,
  ...nodeMaskRules,
  ...argumentRules,
  ...volumeRules,
  ...certificateRules,
  ...featureGateRules,
  ...imageRules,
  ...etcdRules,
  ...endpointRules,
];

/** The rules of a machine that becomes a control plane now: its API server must be reachable. */
export const initRules: readonly Rule[] = [...initFileRules, ...bindAddressRules];
