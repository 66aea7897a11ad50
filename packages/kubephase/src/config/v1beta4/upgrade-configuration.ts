/** Schema of UpgradeConfiguration in v1beta4. */
import * as v from 'valibot';
import { documentOf, flag, int32, nested, text, texts, word } from '../schema/field.ts';
import { imagePullPolicies } from '../words.ts';
import { patches, timeouts } from './parts.ts';

const kubernetesVersion = text('Version to upgrade to.');
const allowExperimentalUpgrades = flag('Allow alpha and beta versions.');
const allowRCUpgrades = flag('Allow release candidates.');
const certificateRenewal = flag('Renew certificates. Default true.');
const dryRun = flag('Change nothing; show what would be done.');
const etcdUpgrade = flag('Upgrade etcd. Default true.');
const ignorePreflightErrors = texts('Checks whose errors only warn; the word all means every check.');
const printConfig = flag('Print the configuration of the cluster.');

const node = v.object({
  certificateRenewal,
  dryRun,
  etcdUpgrade,
  ignorePreflightErrors,
  patches: nested(patches, 'Patches for static Pods and the kubelet; the folder has to be absolute.'),
  skipPhases: texts('Phases to leave out.'),
  imagePullPolicy: word('When images are pulled before the upgrade. Default IfNotPresent.', imagePullPolicies),
  imagePullSerial: flag('Pull images one after the other. Default true.'),
});

const apply = v.object({
  ...node.entries,
  kubernetesVersion,
  allowExperimentalUpgrades,
  allowRCUpgrades,
  forceUpgrade: flag('Upgrade although requirements are not met, and do not ask.'),
  printConfig,
});

const diff = v.object({ kubernetesVersion, contextLines: int32('Lines shown round a difference. Default 3.') });

const plan = v.object({
  kubernetesVersion,
  allowExperimentalUpgrades,
  allowRCUpgrades,
  dryRun,
  etcdUpgrade,
  ignorePreflightErrors,
  printConfig,
});

export const upgradeConfiguration = documentOf({
  apply: nested(apply, 'Settings of upgrade apply.'),
  diff: nested(diff, 'Settings of upgrade diff.'),
  node: nested(node, 'Settings of upgrade node.'),
  plan: nested(plan, 'Settings of upgrade plan.'),
  timeouts: nested(timeouts, 'How long to wait for what.'),
});

/** As the user gave it: every field may be missing. */
export type GivenUpgrade = v.InferOutput<typeof upgradeConfiguration>;
export type GivenUpgradeNode = v.InferOutput<typeof node>;
export type GivenUpgradeApply = v.InferOutput<typeof apply>;
