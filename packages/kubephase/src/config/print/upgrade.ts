/** UpgradeConfiguration as a v1beta4 document. */
import { defaults } from '../defaults/values.ts';
import type { JsonObject, UpgradeApply, UpgradeConfig, UpgradeNode } from '../types.ts';
import { compact } from './compact.ts';
import { timeoutsObject } from './parts.ts';

export function upgradeConfigurationDocument({ apply, diff, node, plan, timeouts }: UpgradeConfig): JsonObject {
  const { etcdUpgrade, ...planned } = plan;
  const { contextLines, ...compared } = diff;
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'UpgradeConfiguration',
    apply: changingObject(apply),
    // kubeadm prints no number of lines; it cannot tell zero from absent.
    diff: { ...compact(compared), ...(contextLines === defaults.contextLines ? {} : { contextLines }) },
    node: changingObject(node),
    plan: { etcdUpgrade, ...compact(planned) },
    timeouts: timeoutsObject(timeouts),
  };
}

/** Switches that are on by default are always written. */
function changingObject(wishes: UpgradeNode | UpgradeApply): JsonObject {
  const { certificateRenewal, etcdUpgrade, imagePullSerial, patchesDirectory, ...others } = wishes;
  return {
    certificateRenewal,
    etcdUpgrade,
    imagePullSerial,
    ...compact({ ...others, patches: compact({ directory: patchesDirectory }) }),
  };
}
