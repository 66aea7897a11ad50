/** Remarks on further volumes of the control plane. kubeadm accepts anything; the kubelet then refuses the Pod. */
import { didYouMean } from '../schema/nearest.ts';
import { pathTypes } from '../words.ts';
import type { Rule } from './rule.ts';

const components = ['apiServer', 'controllerManager', 'scheduler'] as const;

export const volumeRules: readonly Rule[] = [
  {
    name: 'path-types',
    check: ({ config: { cluster } }) =>
      components.flatMap((component) =>
        cluster[component].extraVolumes.flatMap(({ pathType }, index) => {
          if (pathType === '' || pathTypes.includes(pathType)) return [];
          const { remedy = `Use one of ${pathTypes.join(', ')}, or leave it out.` } = didYouMean(pathType, pathTypes);
          const field = `ClusterConfiguration.${component}.extraVolumes.${index}.pathType`;
          return [{ field, remark: `"${pathType}" is not a type of path that Kubernetes knows`, remedy }];
        }),
      ),
  },
];
