/** Objects of v1beta3 that differ from v1beta4: arguments are maps, and some fields do not exist yet. */
import * as v from 'valibot';
import { list, nested, textMap } from '../schema/field.ts';
import * as v1beta4 from '../v1beta4/parts.ts';

const { imagePullSerial: _since31, ...nodeRegistrationFields } = v1beta4.nodeRegistration.entries;
export const nodeRegistration = v.object({
  ...nodeRegistrationFields,
  kubeletExtraArgs: textMap('Further arguments of the kubelet, by name without leading dashes.'),
});

const extraArgs = textMap('Further arguments, by name without leading dashes; they replace those of the tool.');

export const controlPlaneComponent = v.object({
  extraArgs,
  extraVolumes: list(v1beta4.hostPathMount, 'Further files and folders of the machine in the Pod.'),
});

const { extraEnvs: _envsSince31, ...localEtcdFields } = v1beta4.localEtcd.entries;
const { httpEndpoints: _since35, ...externalEtcdFields } = v1beta4.externalEtcd.entries;

export const etcd = v.object({
  local: nested(v.object({ ...localEtcdFields, extraArgs }), 'etcd as a static Pod of the node. Excludes external.'),
  external: nested(v.object(externalEtcdFields), 'An etcd that exists already. Excludes local.'),
});

const { disabled: _switchSince31, ...dnsFields } = v1beta4.dns.entries;
export const dns = v.object(dnsFields);
