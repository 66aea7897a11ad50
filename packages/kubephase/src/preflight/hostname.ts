/** Check `Hostname`: the name of the Node is one that Kubernetes accepts as a label, and it has an address. */
import { isProblemError } from 'phaserunner';
import type { Network } from '../host/port.ts';
import type { Check, Finding } from './check.ts';

const label = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
/** A silent name server must not hold up the run. */
const lookUpTimeoutMs = 3000;
const prefixPattern = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const hostname: Check = {
  name: 'Hostname',
  severity: 'warning',
  about:
    'Looks whether the name of the node follows the rules for labels and whether it has an address in the hosts file or the DNS. Other machines reach the node by this name: choose another one with --node-name, or make it known.',
  run: async ({ config, host }) => {
    const { name } = config.nodeRegistration;
    return [...violations(name), ...(name === '' ? [] : await unresolved(name, host.network))];
  },
};

/** Two findings, as in kubeadm: that there is no address, and why. */
async function unresolved(name: string, network: Network): Promise<readonly Finding[]> {
  try {
    await network.lookUp(name, lookUpTimeoutMs);
    return [];
  } catch (error) {
    if (!isProblemError(error)) throw error;
    const { summary, detail, remedy } = error.problem;
    const advice = remedy === undefined ? {} : { remedy };
    return [
      { summary: `no address was found for the node name ${JSON.stringify(name)}`, ...advice },
      { summary: detail === undefined ? summary : `${summary}: ${detail}`, ...advice },
    ];
  }
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
function violations(nodeName: string): readonly Finding[] {
  const parts = nodeName.split('/');
  const name = parts.at(-1) ?? '';
  const rules: readonly (readonly [broken: boolean, rule: string])[] = [
    [parts.length > 2, 'has more than one slash'],
    [parts.length === 2 && !prefixPattern.test(parts[0] ?? ''), 'has a prefix that is not a DNS name in lower case'],
    [name === '', 'is empty'],
    [name.length > 63, 'is longer than 63 characters'],
    [name !== '' && !label.test(name), 'has to begin and end with a letter or digit, with only letters, digits, ".", "_" and "-" between'],
  ];
  return rules.filter(([broken]) => broken).map(([, rule]) => ({ summary: `the node name ${JSON.stringify(nodeName)} ${rule}` }));
}
