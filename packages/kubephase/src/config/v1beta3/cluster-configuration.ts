/** Schema of ClusterConfiguration in v1beta3. */
import * as v from 'valibot';
import { documentOf, duration, nested } from '../schema/field.ts';
import * as v1beta4 from '../v1beta4/cluster-configuration.ts';
import { controlPlaneComponent, dns, etcd } from './parts.ts';

const { apiServer, proxy: _proxySince31, encryptionAlgorithm: _algorithmSince31, ...more } = v1beta4.clusterConfiguration.entries;
const { certificateValidityPeriod: _leafSince31, caCertificateValidityPeriod: _caSince31, ...same } = more;
const { certSANs } = apiServer.wrapped.entries;
const timeoutForControlPlane = duration('Wait for the API server. Default 4m.');

export const clusterConfiguration = documentOf({
  ...same,
  etcd: nested(etcd, 'Where etcd runs: local (the default) or external.'),
  apiServer: nested(v.object({ ...controlPlaneComponent.entries, certSANs, timeoutForControlPlane }), 'Settings of the API server.'),
  controllerManager: nested(controlPlaneComponent, 'Settings of the controller manager.'),
  scheduler: nested(controlPlaneComponent, 'Settings of the scheduler.'),
  dns: nested(dns, 'Settings of the add-on CoreDNS.'),
});

export type OldCluster = v.InferOutput<typeof clusterConfiguration>;
