/** Completes what was given for `upgrade`. */
import type { UpgradeApply, UpgradeConfig, UpgradeNode, UpgradePlan } from '../types.ts';
import type { GivenUpgrade, GivenUpgradeApply, GivenUpgradeNode } from '../schema/v1beta4.ts';
import { completePullPolicy, ignoredChecks } from './node.ts';
import { completeTimeouts, defaults, textOr } from './values.ts';

export function completeUpgrade(given: GivenUpgrade): UpgradeConfig {
  return {
    apply: completeApply(given.apply ?? {}),
    diff: { ...versionOf(given.diff), contextLines: given.diff?.contextLines ?? defaults.contextLines },
    node: completeNode(given.node ?? {}),
    plan: completePlan(given.plan ?? {}),
    timeouts: completeTimeouts(given.timeouts),
  };
}

function completeNode(given: GivenUpgradeNode): UpgradeNode {
  const patchesDirectory = textOr(given.patches?.directory, '');
  return {
    certificateRenewal: given.certificateRenewal ?? true,
    dryRun: given.dryRun ?? false,
    etcdUpgrade: given.etcdUpgrade ?? true,
    ignorePreflightErrors: ignoredChecks(given.ignorePreflightErrors),
    ...(patchesDirectory === '' ? {} : { patchesDirectory }),
    skipPhases: given.skipPhases ?? [],
    imagePullPolicy: completePullPolicy(given.imagePullPolicy),
    imagePullSerial: given.imagePullSerial ?? true,
  };
}

function completeApply(given: GivenUpgradeApply): UpgradeApply {
  return { ...completeNode(given), ...completeWishes(given), forceUpgrade: given.forceUpgrade ?? false };
}

function completePlan(given: NonNullable<GivenUpgrade['plan']>): UpgradePlan {
  return {
    ...completeWishes(given),
    dryRun: given.dryRun ?? false,
    etcdUpgrade: given.etcdUpgrade ?? true,
    ignorePreflightErrors: ignoredChecks(given.ignorePreflightErrors),
  };
}

type Wishes = Pick<UpgradePlan, 'kubernetesVersion' | 'allowExperimentalUpgrades' | 'allowRCUpgrades' | 'printConfig'>;

function completeWishes(given: NonNullable<GivenUpgrade['plan']>): Wishes {
  return {
    ...versionOf(given),
    allowExperimentalUpgrades: given.allowExperimentalUpgrades ?? false,
    allowRCUpgrades: given.allowRCUpgrades ?? false,
    printConfig: given.printConfig ?? false,
  };
}

function versionOf(
  given: { readonly kubernetesVersion?: string | null | undefined } | null | undefined,
): Pick<UpgradePlan, 'kubernetesVersion'> {
  const kubernetesVersion = textOr(given?.kubernetesVersion, '');
  return kubernetesVersion === '' ? {} : { kubernetesVersion };
}
