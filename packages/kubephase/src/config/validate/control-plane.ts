/** Rules for the components of the control plane: arguments, volumes, images and feature gates. */
import { minorOf, parseVersion } from '../../formats/version.ts';
import { describeGate, gateAdvice, gateNames, gatesOf, gateStage } from '../../releases/gates.ts';
import { newestRelease } from '../../releases/index.ts';
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

const gatesAt = 'ClusterConfiguration.featureGates';

export const featureGateRules: readonly Rule[] = [
  {
    name: 'feature-gates',
    check: ({ config: { cluster } }) => {
      const version = parseVersion(cluster.kubernetesVersion);
      const minor = version === undefined ? newestRelease().minor : minorOf(version);
      return Object.entries(cluster.featureGates).flatMap(([name, on]) => judgeGate(name, on, minor));
    },
  },
];

/** Gates are those of the kubeadm of the target: kubephase does what that one does. */
function judgeGate(name: string, on: boolean, minor: string): readonly RuleResult[] {
  const field = `${gatesAt}.${name}`;
  const stage = gateStage(name, minor);
  if (stage === undefined) return [unknownGate(name, on, minor)];
  const { instead, without, honouredWhenLocked } = gateAdvice(name);
  const remark = (text: string, remedy: string) => [{ field, code: 'CONFIG_FEATURE_GATE' as const, remark: text, remedy }];
  if (stage === 'deprecated') return remark(`the gate ${name} is deprecated`, instead ?? 'Remove the gate.');
  if (on) return [];
  if (without !== undefined) return remark(`false has no effect: ${without}`, 'Remove the gate.');
  if (stage !== 'locked') return [];
  const effect = honouredWhenLocked === true ? 'false is still obeyed, as by kubeadm' : 'false has no effect';
  return remark(`the gate ${name} is locked to true in Kubernetes ${minor}; ${effect}`, 'Remove the gate.');
}

function unknownGate(name: string, on: boolean, minor: string): Violation {
  const known = gatesOf(minor);
  const field = `${gatesAt}.${name}`;
  const list = `kubeadm ${minor} knows ${known.join(', ')}`;
  if (!gateNames.includes(name)) {
    return { field, value: on, detail: `unrecognized feature-gate key: ${name}; ${list}`, ...didYouMean(name, known) };
  }
  const detail = `unrecognized feature-gate key: ${name}; it ${describeGate(name)}; ${list}`;
  return { field, value: on, detail, remedy: 'Remove the gate, or deploy a version of Kubernetes that has it.' };
}
