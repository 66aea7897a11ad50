/** Schema of ClusterConfiguration in v1beta4. */
import * as v from 'valibot';
import { documentOf, duration, flagMap, nested, text, texts } from '../schema/field.ts';
import { controlPlaneComponent, dns, etcd, networking, proxy } from './parts.ts';

export const clusterConfiguration = documentOf({
  etcd: nested(etcd),
  networking: nested(networking),
  kubernetesVersion: text(),
  controlPlaneEndpoint: text(),
  apiServer: nested(v.object({ ...controlPlaneComponent.entries, certSANs: texts() })),
  controllerManager: nested(controlPlaneComponent),
  scheduler: nested(controlPlaneComponent),
  dns: nested(dns),
  proxy: nested(proxy),
  certificatesDir: text(),
  imageRepository: text(),
  featureGates: flagMap(),
  clusterName: text(),
  encryptionAlgorithm: text(),
  certificateValidityPeriod: duration(),
  caCertificateValidityPeriod: duration(),
});

/** As the user gave it: every field may be missing. Older versions are converted to this form. */
export type GivenCluster = v.InferOutput<typeof clusterConfiguration>;
