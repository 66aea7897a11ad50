/** Schema of ClusterConfiguration in v1beta4. */
import * as v from 'valibot';
import { documentOf, duration, flagMap, nested, text, texts, word } from '../schema/field.ts';
import { encryptionAlgorithms } from '../words.ts';
import { controlPlaneComponent, dns, etcd, networking, proxy } from './parts.ts';

const certSANs = texts("Further DNS names and IP addresses of the API server's certificate.");

export const clusterConfiguration = documentOf({
  etcd: nested(etcd, 'Where etcd runs: local (the default) or external.'),
  networking: nested(networking, 'Networks of the cluster.'),
  kubernetesVersion: text('Version of the control plane, such as v1.36.2, or a label such as stable-1. Default stable-1.'),
  controlPlaneEndpoint: text('Stable address of the control plane, host[:port], such as that of a load balancer.'),
  apiServer: nested(v.object({ ...controlPlaneComponent.entries, certSANs }), 'Settings of the API server.'),
  controllerManager: nested(controlPlaneComponent, 'Settings of the controller manager.'),
  scheduler: nested(controlPlaneComponent, 'Settings of the scheduler.'),
  dns: nested(dns, 'Settings of the add-on CoreDNS.'),
  proxy: nested(proxy, 'Settings of the add-on kube-proxy.'),
  certificatesDir: text('Folder of certificates and keys. Default /etc/kubernetes/pki.'),
  imageRepository: text('Registry of the control plane images. Default registry.k8s.io.'),
  featureGates: flagMap("The tool's own feature gates, by name."),
  clusterName: text('Name of the cluster in kubeconfig files. Default kubernetes.'),
  encryptionAlgorithm: word('Algorithm of keys that are made. Default RSA-2048.', encryptionAlgorithms),
  certificateValidityPeriod: duration('Lifetime of certificates that are no authorities. Default 8760h (a year).'),
  caCertificateValidityPeriod: duration('Lifetime of authorities. Default 87600h (ten years).'),
});

/** As the user gave it: every field may be missing. Older versions are converted to this form. */
export type GivenCluster = v.InferOutput<typeof clusterConfiguration>;
