/** Rules for the registration of the node. */
import { dnsSubdomainRule, isDnsSubdomain } from '../../formats/net/dns-name.ts';
import { urlScheme } from '../../formats/net/url.ts';
import { imagePullPolicies } from '../defaults/node-registration.ts';
import { textOr } from '../defaults/values.ts';
import type { Rule } from './rule.ts';
import { unnamedArguments } from './arguments.ts';

const at = 'InitConfiguration.nodeRegistration';

export const nodeRules: readonly Rule[] = [
  {
    name: 'node-name',
    check: ({ config }) => {
      const { name } = config.nodeRegistration;
      if (isDnsSubdomain(name)) return [];
      const remedy = 'Give a name with --node-name or with the field nodeRegistration.name, or correct the host name of this machine.';
      return [{ field: `${at}.name`, value: name, detail: `a node name is made of ${dnsSubdomainRule}`, remedy }];
    },
  },
  {
    name: 'cri-socket',
    check: ({ config }) => {
      const { criSocket } = config.nodeRegistration;
      const url = urlScheme(criSocket);
      if ('scheme' in url && url.scheme === 'unix') return [];
      const reason = 'fault' in url ? `not a URL: ${url.fault}` : `only the URL scheme "unix" is supported, found "${url.scheme}"`;
      return [
        {
          field: `${at}.criSocket`,
          value: criSocket,
          detail: reason,
          remedy: 'Write a socket such as unix:///var/run/containerd/containerd.sock.',
        },
      ];
    },
  },
  {
    name: 'kubelet-arguments',
    check: ({ config }) => unnamedArguments(`${at}.kubeletExtraArgs`, config.nodeRegistration.kubeletExtraArgs),
  },
  {
    name: 'image-pull-policy',
    check: ({ init }) => {
      const given = textOr(init.nodeRegistration?.imagePullPolicy, '');
      if (given === '' || imagePullPolicies.some((policy) => policy === given)) return [];
      return [{ field: `${at}.imagePullPolicy`, value: given, detail: `pull policy must be one of ${imagePullPolicies.join(', ')}` }];
    },
  },
  {
    name: 'ignored-checks',
    check: ({ config }) => {
      const ignored = config.nodeRegistration.ignorePreflightErrors;
      if (!ignored.includes('all') || ignored.length === 1) return [];
      const remedy = 'Give "all" alone, or only the checks to ignore. The flag and the file count together.';
      return [
        {
          field: `${at}.ignorePreflightErrors`,
          value: ignored.join(','),
          detail: 'ignore-preflight-errors: "all" cannot stand beside other checks',
          remedy,
        },
      ];
    },
  },
];
