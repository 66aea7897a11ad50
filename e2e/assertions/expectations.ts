/** What clusters of a Kubernetes minor have after `init`; the genuine kubeadm of the minor makes the same. */

export interface Binding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly name: string;
  /** Of a RoleBinding; a ClusterRoleBinding is in none, which is `default` to kubectl. */
  readonly namespace: string;
  readonly role: string;
  /** `Kind name` of each. */
  readonly subjects: readonly string[];
}

export interface Expectations {
  /** Labels with empty values. */
  readonly labels: readonly string[];
  readonly taintKeys: readonly string[];
  readonly kubeletConfigMap: string;
  readonly bindings: readonly Binding[];
  /** Name of a Role in `namespace` → what it lets get, by name. */
  readonly roles: readonly { readonly namespace: string; readonly name: string; readonly resource: string }[];
}

const joining = 'Group system:bootstrappers:kubeadm:default-node-token';
const nodes = 'Group system:nodes';
const approver = 'system:certificates.k8s.io:certificatesigningrequests';

/** @param version such as `v1.20.2` @see https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/ */
export function expectationsOf(version: string): Expectations {
  const minor = Number(version.split('.')[1]);
  const kubeletConfigMap = minor < 24 ? `kubelet-config-1.${minor}` : 'kubelet-config';
  const kubeletRole = `kubeadm:${kubeletConfigMap}`;
  const master = 'node-role.kubernetes.io/master';
  const controlPlane = 'node-role.kubernetes.io/control-plane';
  return {
    labels: [
      controlPlane,
      ...(minor < 24 ? [master] : []),
      ...(minor > 20 ? ['node.kubernetes.io/exclude-from-external-load-balancers'] : []),
    ],
    taintKeys: [...(minor < 25 ? [master] : []), ...(minor > 23 ? [controlPlane] : [])],
    kubeletConfigMap,
    bindings: [...bindings(kubeletRole), ...laterBindings(minor)],
    roles: [
      { namespace: 'kube-system', name: 'kubeadm:nodes-kubeadm-config', resource: 'configmaps kubeadm-config' },
      { namespace: 'kube-system', name: kubeletRole, resource: `configmaps ${kubeletConfigMap}` },
      { namespace: 'kube-system', name: 'kube-proxy', resource: 'configmaps kube-proxy' },
      { namespace: 'kube-public', name: 'kubeadm:bootstrap-signer-clusterinfo', resource: 'configmaps cluster-info' },
    ],
  };
}

function cluster(name: string, role: string, subject: string): Binding {
  return { kind: 'ClusterRoleBinding', name, namespace: 'default', role, subjects: [subject] };
}

/** To the Role of the same name. */
function inNamespace(namespace: string, name: string, subjects: readonly string[]): Binding {
  return { kind: 'RoleBinding', name, namespace, role: name, subjects };
}

function bindings(kubeletRole: string): readonly Binding[] {
  return [
    cluster('kubeadm:get-nodes', 'kubeadm:get-nodes', joining),
    cluster('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', joining),
    cluster('kubeadm:node-autoapprove-bootstrap', `${approver}:nodeclient`, joining),
    cluster('kubeadm:node-autoapprove-certificate-rotation', `${approver}:selfnodeclient`, nodes),
    cluster('kubeadm:node-proxier', 'system:node-proxier', 'ServiceAccount kube-proxy'),
    cluster('system:coredns', 'system:coredns', 'ServiceAccount coredns'),
    inNamespace('kube-system', 'kubeadm:nodes-kubeadm-config', [joining, nodes]),
    inNamespace('kube-system', kubeletRole, [nodes, joining]),
    inNamespace('kube-system', 'kube-proxy', [joining]),
    inNamespace('kube-public', 'kubeadm:bootstrap-signer-clusterinfo', ['User system:anonymous']),
  ];
}

function laterBindings(minor: number): readonly Binding[] {
  const name = 'kubeadm:cluster-admins';
  return [
    ...(minor >= 29 ? [cluster(name, 'cluster-admin', `Group ${name}`)] : []),
    ...(minor >= 36 ? [cluster('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', 'User kube-apiserver-kubelet-client')] : []),
  ];
}
