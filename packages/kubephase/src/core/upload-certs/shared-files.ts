/** The files that all control plane nodes share, under the names that they have in Secret `kubeadm-certs`. */
import type { ClusterConfig } from '../../config/types.ts';

export interface SharedFile {
  readonly key: string;
  /** Absolute path; undefined when the configuration names no file for it. */
  readonly path: string | undefined;
}

const always = ['ca.crt', 'ca.key', 'front-proxy-ca.crt', 'front-proxy-ca.key', 'sa.pub', 'sa.key'];

/** Returns the files. With etcd outside the cluster its client files take the place of the etcd CA. */
export function sharedFiles(cluster: Pick<ClusterConfig, 'etcd'>, certificatesDir: string): readonly SharedFile[] {
  const inDirectory = (name: string): SharedFile => ({ key: name.replaceAll('/', '-'), path: `${certificatesDir}/${name}` });
  const { external } = cluster.etcd;
  if (external === undefined) return [...always, 'etcd/ca.crt', 'etcd/ca.key'].map((name) => inDirectory(name));
  return [
    ...always.map((name) => inDirectory(name)),
    { key: 'external-etcd-ca.crt', path: external.caFile || undefined },
    { key: 'external-etcd.crt', path: external.certFile || undefined },
    { key: 'external-etcd.key', path: external.keyFile || undefined },
  ];
}
