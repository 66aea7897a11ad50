/** Schema of ClusterConfiguration in v1beta3. */
import * as v from 'valibot';
import { documentOf, duration, flagMap, nested, text, texts } from '../schema/field.ts';
import { networking } from '../v1beta4/parts.ts';
import { controlPlaneComponent, dns, etcd } from './parts.ts';

export const clusterConfiguration = documentOf({
  etcd: nested(etcd),
  networking: nested(networking),
  kubernetesVersion: text(),
  controlPlaneEndpoint: text(),
  apiServer: nested(v.object({ ...controlPlaneComponent.entries, certSANs: texts(), timeoutForControlPlane: duration() })),
  controllerManager: nested(controlPlaneComponent),
  scheduler: nested(controlPlaneComponent),
  dns: nested(dns),
  certificatesDir: text(),
  imageRepository: text(),
  featureGates: flagMap(),
  clusterName: text(),
});

export type OldCluster = v.InferOutput<typeof clusterConfiguration>;
