/** Tells what an earlier, broken-off run left from what stands in the way. */
import { isProblemError } from 'phaserunner';
import type { StaticPodName } from '../core/manifests/pod.ts';
import { hasExternalCa } from '../operations/certificates/authority.ts';
import { holdsFirstCredentials } from '../operations/kubelet/credentials.ts';
import { isOwnManifest } from '../operations/manifests.ts';
import { pathCheckName, type Check, type ControlPlaneCheckContext, type Finding } from './check.ts';

const components = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** Ports that do not depend on the configuration, and who listens there once the earlier run has started it. */
const holders: Readonly<Record<number, StaticPodName | 'kubelet'>> = {
  2379: 'etcd',
  2380: 'etcd',
  10250: 'kubelet',
  10257: 'kube-controller-manager',
  10259: 'kube-scheduler',
};

/** Static Pods whose manifests an earlier run left, and how that is known. */
type Left = ReadonlyMap<StaticPodName, 'same-configuration' | 'unfinished'>;
type Find = (context: ControlPlaneCheckContext) => Promise<Left>;

/**
 * Returns `checks` such that a run goes on after one that was broken off, without a reset. While the CA is still there, a manifest counts as
 * left by an earlier run
 *
 * - when it equals, byte for byte, what this run would write; or
 * - when that run did not come to its end, so that no cluster was ever handed over: then a corrected configuration may change it.
 *
 * A port counts only when the process that holds it is the one that such a manifest starts; etcd's data only below its own manifest.
 * Everything else stays an obstacle.
 */
export function withoutLeftovers(checks: readonly Check<ControlPlaneCheckContext>[]): readonly Check<ControlPlaneCheckContext>[] {
  let looked: Promise<Left> | undefined;
  const find: Find = (context) => (looked ??= findLeft(context));
  return checks.map((check) => ({
    ...check,
    run: async (context) => {
      const findings = await check.run(context);
      return findings.length === 0 ? findings : ((await insteadOfFindings(check.name, context, find)) ?? findings);
    },
  }));
}

/** What takes the place of the findings, or undefined when the check found a real obstacle. */
async function insteadOfFindings(name: string, context: ControlPlaneCheckContext, find: Find): Promise<readonly Finding[] | undefined> {
  const { config, paths } = context;
  const manifest = components.find((component) => name === pathCheckName('FileAvailable', `${paths.manifests}/${component}.yaml`));
  if (manifest !== undefined) return kept(`${paths.manifests}/${manifest}.yaml`, (await find(context)).get(manifest));
  const dataDir = config.cluster.etcd.local?.dataDir;
  if (dataDir !== undefined && name === pathCheckName('DirAvailable', dataDir)) return (await find(context)).has('etcd') ? [] : undefined;
  const port = /^Port-(\d+)$/.exec(name)?.[1];
  return port !== undefined && (await isHeldByLeft(Number(port), context, find)) ? [] : undefined;
}

function kept(path: string, left: 'same-configuration' | 'unfinished' | undefined): readonly Finding[] | undefined {
  if (left === undefined) return undefined;
  const texts = {
    'same-configuration': 'with the same configuration: going on with it',
    unfinished: 'that did not come to its end: it is written again',
  };
  return [{ severity: 'warning', summary: `${path} is left from an earlier run ${texts[left]}` }];
}

async function isHeldByLeft(port: number, context: ControlPlaneCheckContext, find: Find): Promise<boolean> {
  const expected = port === context.config.localAPIEndpoint.bindPort ? 'kube-apiserver' : holders[port];
  const left = await find(context);
  if (expected === undefined || left.size === 0) return false;
  if (expected !== 'kubelet' && !left.has(expected)) return false;
  return (await context.host.network.listener(port))?.program === expected;
}

async function findLeft(context: ControlPlaneCheckContext): Promise<Left> {
  const { files } = context.host;
  if ((await files.status(`${context.config.cluster.certificatesDir}/ca.crt`)) === undefined) return new Map();
  const unfinished = await isUnfinished(context);
  const entries = await Promise.all(
    components.map(async (component) => {
      if (await isSame(context, component)) return [[component, 'same-configuration'] as const];
      const exists = (await files.status(`${context.paths.manifests}/${component}.yaml`)) !== undefined;
      return unfinished && exists ? [[component, 'unfinished'] as const] : [];
    }),
  );
  return new Map(entries.flat());
}

/** Where somebody else made kubelet.conf, the file looks the same for ever: there only the same configuration goes on. */
async function isUnfinished({ config, host, paths }: ControlPlaneCheckContext): Promise<boolean> {
  if (await hasExternalCa(host.files, config.cluster.certificatesDir)) return false;
  return holdsFirstCredentials(host.files, `${paths.kubeconfigs}/kubelet.conf`);
}

/** A manifest that cannot be computed is not the same; what is wrong with it comes up where it is to be written. */
async function isSame(context: ControlPlaneCheckContext, component: StaticPodName): Promise<boolean> {
  try {
    return await isOwnManifest(context, component);
  } catch (error) {
    if (isProblemError(error)) return false;
    throw error;
  }
}
