/** Check `Hostname`: the name of the Node is one that Kubernetes accepts as a label. */
import type { Check, Finding } from './check.ts';

const label = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const prefixPattern = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const hostname: Check = {
  name: 'Hostname',
  severity: 'warning',
  run: ({ config }) => violations(config.nodeRegistration.name),
};

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
