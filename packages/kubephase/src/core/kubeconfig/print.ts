/** Prints kubeconfigs as kubectl does: YAML with sorted keys. */
import { printYaml } from '../../formats/yaml/print.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** The text holds whatever secrets the kubeconfig holds. */
export function printKubeconfig(kubeconfig: Kubeconfig): string {
  return printYaml(kubeconfig);
}
