/** Objects of v1beta4 that several kinds share. */
import * as v from 'valibot';
import { anything, duration, flag, int32, list, nested, text, texts } from '../schema/field.ts';

export const argument = v.object({ name: text(), value: text() });
export const envVar = v.object({ name: text(), value: text(), valueFrom: anything() });
export const hostPathMount = v.object({ name: text(), hostPath: text(), mountPath: text(), readOnly: flag(), pathType: text() });
export const taint = v.object({ key: text(), value: text(), effect: text(), timeAdded: text() });
export const apiEndpoint = v.object({ advertiseAddress: text(), bindPort: int32() });
export const patches = v.object({ directory: text() });

export const nodeRegistration = v.object({
  name: text(),
  criSocket: text(),
  taints: list(taint),
  kubeletExtraArgs: list(argument),
  ignorePreflightErrors: texts(),
  imagePullPolicy: text(),
  imagePullSerial: flag(),
});

export const timeouts = v.object({
  controlPlaneComponentHealthCheck: duration(),
  kubeletHealthCheck: duration(),
  kubernetesAPICall: duration(),
  etcdAPICall: duration(),
  tlsBootstrap: duration(),
  discovery: duration(),
  upgradeManifests: duration(),
});

export const controlPlaneComponent = v.object({ extraArgs: list(argument), extraVolumes: list(hostPathMount), extraEnvs: list(envVar) });

export const networking = v.object({ serviceSubnet: text(), podSubnet: text(), dnsDomain: text() });
export const dns = v.object({ imageRepository: text(), imageTag: text(), disabled: flag() });
export const proxy = v.object({ disabled: flag() });

export const localEtcd = v.object({
  imageRepository: text(),
  imageTag: text(),
  dataDir: text(),
  extraArgs: list(argument),
  extraEnvs: list(envVar),
  serverCertSANs: texts(),
  peerCertSANs: texts(),
});

export const externalEtcd = v.object({ endpoints: texts(), httpEndpoints: texts(), caFile: text(), certFile: text(), keyFile: text() });
export const etcd = v.object({ local: nested(localEtcd), external: nested(externalEtcd) });

export type GivenComponent = v.InferOutput<typeof controlPlaneComponent>;
export type GivenEtcd = v.InferOutput<typeof etcd>;
export type GivenNodeRegistration = v.InferOutput<typeof nodeRegistration>;
export type GivenTimeouts = v.InferOutput<typeof timeouts>;
