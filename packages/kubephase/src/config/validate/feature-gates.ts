/** Rules for the tool's own feature gates. */
import { didYouMean } from '../schema/nearest.ts';
import type { Rule, RuleResult } from './rule.ts';

interface Gate {
  readonly stage: 'alpha' | 'deprecated' | 'locked';
  /** What to do about the warning that setting the gate causes. */
  readonly remedy?: string;
}

const gates: Readonly<Record<string, Gate>> = {
  NodeLocalCRISocket: { stage: 'locked', remedy: 'Remove the gate: it is always on.' },
  PublicKeysECDSA: { stage: 'deprecated', remedy: 'Use encryptionAlgorithm: ECDSA-P256 instead.' },
  RootlessControlPlane: { stage: 'alpha' },
};

const field = 'ClusterConfiguration.featureGates';

export const featureGateRules: readonly Rule[] = [
  {
    name: 'feature-gates',
    check: ({ config }) => {
      const given = config.cluster.featureGates;
      return Object.entries(given).flatMap(([name, on]) => judge(name, on, given));
    },
  },
];

function judge(name: string, on: boolean, all: Readonly<Record<string, boolean>>): readonly RuleResult[] {
  const gate = Object.hasOwn(gates, name) ? gates[name] : undefined;
  if (gate === undefined) {
    const detail = `unrecognized feature-gate key: ${name}; known are ${Object.keys(gates).join(', ')}`;
    return [{ field, value: all, detail, ...didYouMean(name, Object.keys(gates)) }];
  }
  if (gate.remedy === undefined || (gate.stage === 'locked' && on)) return [];
  const remark = gate.stage === 'locked' ? `the gate ${name} is locked to true` : `the gate ${name} is deprecated`;
  return [{ field: `${field}.${name}`, code: 'CONFIG_FEATURE_GATE', remark, remedy: gate.remedy }];
}
