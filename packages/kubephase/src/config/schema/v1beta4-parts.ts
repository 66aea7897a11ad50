/** Objects of v1beta4 that several kinds share. */
import * as v from 'valibot';
import { imagePullPolicies, pathTypes, taintEffects } from '../vocabulary.ts';
import { anything, duration, flag, int32, list, nested, text, texts, word } from './field.ts';

export const argument = v.object({
  name: text('Name of the argument, without leading dashes. A name may stand several times.'),
  value: text('Value of the argument.'),
});

export const envVar = v.object({
  name: text('Name of the variable.'),
  value: text('Value of the variable.'),
  valueFrom: anything('Source of the value, in the form of a Pod.'),
});

export const hostPathMount = v.object({
  name: text('Name of the volume in the Pod.'),
  hostPath: text('Path on the machine.'),
  mountPath: text('Path in the container.'),
  readOnly: flag('Mount without the right to write.'),
  pathType: word('What has to be at the path on the machine; empty for no check.', pathTypes),
});

export const taint = v.object({
  key: text('Key of the taint.'),
  value: text('Value of the taint.'),
  effect: word('What happens to Pods that do not tolerate the taint.', taintEffects),
  timeAdded: text('Ignored: the cluster sets it.'),
});

export const apiEndpoint = v.object({
  advertiseAddress: text('IP address that the API server of this node announces; that of the default route when absent.'),
  bindPort: int32('Port of the API server of this node. Default 6443.'),
});

export const patches = v.object({
  directory: text('Folder with patches named target[suffix][+strategic|+merge|+json].(json|yaml).'),
});

export const nodeRegistration = v.object({
  name: text('Name of the Node object; the host name when absent.'),
  criSocket: text('Socket of the container runtime, such as unix:///var/run/containerd/containerd.sock; found by itself when absent.'),
  taints: list(taint, 'Taints of the node. Absent: that of control plane nodes, none on workers. An empty list: none anywhere.'),
  kubeletExtraArgs: list(argument, 'Further arguments of the kubelet.'),
  ignorePreflightErrors: texts('Checks whose errors only warn; the word all means every check.'),
  imagePullPolicy: word('When images are pulled before the start. Default IfNotPresent.', imagePullPolicies),
  imagePullSerial: flag('Pull images one after the other. Default true.'),
});

export const timeouts = v.object({
  controlPlaneComponentHealthCheck: duration('Wait for healthy control plane components. Default 4m.'),
  kubeletHealthCheck: duration('Wait for a healthy kubelet. Default 4m.'),
  kubernetesAPICall: duration('Time for one request to the API, with retries. Default 1m.'),
  etcdAPICall: duration('Time for one request to etcd, with retries. Default 2m.'),
  tlsBootstrap: duration("Wait for the kubelet's own client certificate. Default 5m."),
  discovery: duration('Wait for cluster-info when a node joins. Default 5m.'),
  upgradeManifests: duration('Wait for a static Pod that an upgrade changed. Default 5m.'),
});

export const controlPlaneComponent = v.object({
  extraArgs: list(argument, 'Further arguments; they replace those of the tool with the same name.'),
  extraVolumes: list(hostPathMount, 'Further files and folders of the machine in the Pod.'),
  extraEnvs: list(envVar, 'Further environment variables.'),
});

export const networking = v.object({
  serviceSubnet: text('Addresses of Services: one CIDR, or an IPv4 and an IPv6 CIDR with a comma between. Default 10.96.0.0/12.'),
  podSubnet: text('Addresses of Pods: one CIDR, or an IPv4 and an IPv6 CIDR with a comma between.'),
  dnsDomain: text('DNS domain of Services. Default cluster.local.'),
});

export const dns = v.object({
  imageRepository: text('Registry of the CoreDNS image.'),
  imageTag: text('Tag of the CoreDNS image.'),
  disabled: flag('Do not install CoreDNS.'),
});

export const proxy = v.object({ disabled: flag('Do not install kube-proxy.') });

export const localEtcd = v.object({
  imageRepository: text('Registry of the etcd image.'),
  imageTag: text('Tag of the etcd image.'),
  dataDir: text('Folder of the data on the machine. Default /var/lib/etcd.'),
  extraArgs: list(argument, 'Further arguments of etcd.'),
  extraEnvs: list(envVar, 'Further environment variables of etcd.'),
  serverCertSANs: texts("Further names and addresses of etcd's serving certificate."),
  peerCertSANs: texts("Further names and addresses of etcd's peer certificate."),
});

export const externalEtcd = v.object({
  endpoints: texts('URLs for clients of etcd.'),
  httpEndpoints: texts('URLs for plain HTTP: health and version. Default: endpoints.'),
  caFile: text('File with the CA certificate of etcd.'),
  certFile: text('File with the client certificate for etcd.'),
  keyFile: text('File with the key of the client certificate.'),
});

export const etcd = v.object({
  local: nested(localEtcd, 'etcd as a static Pod of the node. Excludes external.'),
  external: nested(externalEtcd, 'An etcd that exists already. Excludes local.'),
});

export type GivenComponent = v.InferOutput<typeof controlPlaneComponent>;
export type GivenEtcd = v.InferOutput<typeof etcd>;
export type GivenNodeRegistration = v.InferOutput<typeof nodeRegistration>;
export type GivenTimeouts = v.InferOutput<typeof timeouts>;
