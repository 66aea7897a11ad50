/** Tells what an earlier, broken-off run of the same configuration left from what stands in the way. */
import { isProblemError } from 'phaserunner';
import type { StaticPodName } from '../core/manifests/request.ts';
import { isOwnManifest } from '../operations/manifests/own.ts';
import { pathCheckName, type Check, type CheckContext, type Finding } from './check.ts';

const components = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** Ports that do not depend on the configuration, and who listens there once the earlier run has started it. */
const holders: Readonly<Record<number, StaticPodName | 'kubelet'>> = {
  2379: 'etcd',
  2380: 'etcd',
  10250: 'kubelet',
  10257: 'kube-controller-manager',
  10259: 'kube-scheduler',
};

/** Static Pods whose manifests on disk are those of this run. */
type Own = ReadonlySet<StaticPodName>;

/**
 * Returns `checks` such that a run goes on after one that was broken off, without a reset. A manifest counts as left by the same
 * configuration only when it equals, byte for byte, what this run would write, and the CA that it belongs to is still there; a port only
 * when the process that holds it is the one that such a manifest starts; etcd's data only below its own manifest.
 * Everything else stays an obstacle.
 */
export function withoutLeftovers(checks: readonly Check[]): readonly Check[] {
  let looked: Promise<Own> | undefined;
  const own = (context: CheckContext): Promise<Own> => (looked ??= findOwn(context));
  return checks.map((check) => ({
    ...check,
    run: async (context) => {
      const findings = await check.run(context);
      if (findings.length === 0) return findings;
      const reason = await leftoverReason(check.name, context, own);
      return reason === undefined ? findings : reason;
    },
  }));
}

/** What takes the place of the findings, or undefined when the check found a real obstacle. */
async function leftoverReason(
  name: string,
  context: CheckContext,
  find: (context: CheckContext) => Promise<Own>,
): Promise<readonly Finding[] | undefined> {
  const { config, paths } = context;
  const manifest = components.find((component) => name === pathCheckName('FileAvailable', `${paths.manifests}/${component}.yaml`));
  if (manifest !== undefined) return (await find(context)).has(manifest) ? [kept(`${paths.manifests}/${manifest}.yaml`)] : undefined;
  const dataDir = config.cluster.etcd.local?.dataDir;
  if (dataDir !== undefined && name === pathCheckName('DirAvailable', dataDir)) return (await find(context)).has('etcd') ? [] : undefined;
  const port = /^Port-(\d+)$/.exec(name)?.[1];
  return port !== undefined && (await isHeldByOwn(Number(port), context, find)) ? [] : undefined;
}

function kept(path: string): Finding {
  return { severity: 'warning', summary: `${path} is left from an earlier run with the same configuration: going on with it` };
}

async function isHeldByOwn(port: number, context: CheckContext, find: (context: CheckContext) => Promise<Own>): Promise<boolean> {
  const expected = port === context.config.localAPIEndpoint.bindPort ? 'kube-apiserver' : holders[port];
  const own = await find(context);
  if (expected === undefined || own.size === 0) return false;
  if (expected !== 'kubelet' && !own.has(expected)) return false;
  return (await context.host.network.listener(port))?.program === expected;
}

async function findOwn(context: CheckContext): Promise<Own> {
  const { certificatesDir } = context.config.cluster;
  if ((await context.host.files.status(`${certificatesDir}/ca.crt`)) === undefined) return new Set();
  const own = await Promise.all(components.map(async (component) => ((await isOwn(context, component)) ? [component] : [])));
  return new Set(own.flat());
}

/** A manifest that cannot be computed is nobody's; what is wrong with it comes up where it is to be written. */
async function isOwn(context: CheckContext, component: StaticPodName): Promise<boolean> {
  try {
    return await isOwnManifest(context, component);
  } catch (error) {
    if (isProblemError(error)) return false;
    throw error;
  }
}
