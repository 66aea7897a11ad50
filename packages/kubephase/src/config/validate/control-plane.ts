/** Rules for the components of the control plane: arguments, volumes, images and feature gates. */
import type { Argument } from '../types.ts';
import { didYouMean, pathTypes } from '../vocabulary.ts';
import type { Rule, RuleResult, Violation } from './rule.ts';

/** One violation for each argument without name. */
export function unnamedArguments(field: string, list: readonly Argument[]): readonly Violation[] {
  return list.flatMap(({ name }, index) =>
    name === '' ? [{ field, value: `index ${index}`, detail: 'the argument is missing its name' }] : [],
  );
}

export const argumentRules: readonly Rule[] = [
  {
    name: 'component-arguments',
    check: ({ config: { cluster } }) => [
      ...unnamedArguments('ClusterConfiguration.apiServer.extraArgs', cluster.apiServer.extraArgs),
      ...unnamedArguments('ClusterConfiguration.controllerManager.extraArgs', cluster.controllerManager.extraArgs),
      ...unnamedArguments('ClusterConfiguration.scheduler.extraArgs', cluster.scheduler.extraArgs),
      ...unnamedArguments('ClusterConfiguration.etcd.local.extraArgs', cluster.etcd.local?.extraArgs ?? []),
    ],
  },
];

const controlPlaneComponents = ['apiServer', 'controllerManager', 'scheduler'] as const;

/** kubeadm accepts any type of path; the kubelet then refuses the Pod. */
export const volumeRules: readonly Rule[] = [
  {
    name: 'path-types',
    check: ({ config: { cluster } }) =>
      controlPlaneComponents.flatMap((component) =>
        cluster[component].extraVolumes.flatMap(({ pathType }, index) => {
          if (pathType === '' || pathTypes.includes(pathType)) return [];
          const { remedy = `Use one of ${pathTypes.join(', ')}, or leave it out.` } = didYouMean(pathType, pathTypes);
          const field = `ClusterConfiguration.${component}.extraVolumes.${index}.pathType`;
          return [{ field, remark: `"${pathType}" is not a type of path that Kubernetes knows`, remedy }];
        }),
      ),
  },
];

/** Of a reference without tag, in characters. */
const maxRepositoryLength = 255;
const domainPart = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::\\d+)?`;
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';

/** What may stand before `/name:tag` of an image: a registry with folders, or folders. */
const repository = new RegExp(`^(?:${domain}(?:/${pathComponent})*|${pathComponent}(?:/${pathComponent})*)$`);

export const imageRules: readonly Rule[] = [
  {
    name: 'image-repositories',
    check: ({ config: { cluster } }) => [
      ...badRepository('ClusterConfiguration.imageRepository', cluster.imageRepository),
      ...badRepository('ClusterConfiguration.dns.imageRepository', cluster.dns.imageRepository),
      ...badRepository('ClusterConfiguration.etcd.local.imageRepository', cluster.etcd.local?.imageRepository),
    ],
  },
];

function badRepository(field: string, value: string | undefined): readonly Violation[] {
  if (value === undefined || (value.length <= maxRepositoryLength && repository.test(value))) return [];
  return [{ field, value, detail: 'invalid image repository format: host[:port][/path], without scheme, tag or slash at the end' }];
}

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

const gatesAt = 'ClusterConfiguration.featureGates';

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
    return [{ field: gatesAt, value: all, detail, ...didYouMean(name, Object.keys(gates)) }];
  }
  if (gate.remedy === undefined || (gate.stage === 'locked' && on)) return [];
  const remark = gate.stage === 'locked' ? `the gate ${name} is locked to true` : `the gate ${name} is deprecated`;
  return [{ field: `${gatesAt}.${name}`, code: 'CONFIG_FEATURE_GATE', remark, remedy: gate.remedy }];
}
