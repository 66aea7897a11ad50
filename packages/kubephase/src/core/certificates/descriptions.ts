/** The certificates and keys of a control plane node: who signs each, for whom it speaks, and what it may be used for. */
import type { ExtendedKeyUsage } from '../../formats/x509/extensions.ts';
import type { Traits } from '../../releases/release.ts';
import type { CertificateConfig } from './issuing.ts';
import { apiserverNames, etcdNames, type WantedNames } from './names.ts';

export interface Subject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

/** A self-signed certificate authority. */
export interface AuthorityDescription {
  /** Word of the phase, `ca`. */
  readonly name: string;
  /** Path below the certificates folder, without `.crt` and `.key`. */
  readonly base: string;
  readonly commonName: string;
}

/** A certificate signed by an authority. */
export interface LeafDescription {
  /** Word of the phase, such as `apiserver`. */
  readonly name: string;
  /** Path below the certificates folder, without `.crt` and `.key`. */
  readonly base: string;
  readonly authority: AuthorityDescription;
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
  readonly subject: (config: CertificateConfig, traits: Traits) => Subject;
  /** @throws ProblemError `CERT_NAMES_INVALID`, `ENDPOINT_INVALID` */
  readonly names?: (config: CertificateConfig) => WantedNames;
}

/** The organizations of a subject that has one or none. */
function organizations(organization: string | undefined): readonly string[] {
  return organization === undefined ? [] : [organization];
}

/** The authority of the cluster: signs the API server's certificates and those of its clients. */
export const ca: AuthorityDescription = { name: 'ca', base: 'ca', commonName: 'kubernetes' };

/** The certificate with which the API server serves. */
export const apiserver: LeafDescription = {
  name: 'apiserver',
  base: 'apiserver',
  authority: ca,
  extendedKeyUsages: ['serverAuth'],
  subject: () => ({ commonName: 'kube-apiserver', organizations: [] }),
  names: apiserverNames,
};

/** The certificate with which the API server calls kubelets. */
export const apiserverKubeletClient: LeafDescription = {
  name: 'apiserver-kubelet-client',
  base: 'apiserver-kubelet-client',
  authority: ca,
  extendedKeyUsages: ['clientAuth'],
  subject: (_, traits) => ({
    commonName: 'kube-apiserver-kubelet-client',
    organizations: organizations(traits.apiserverKubeletClientOrganization),
  }),
};

/** The authority for extension API servers: they trust whoever shows a certificate signed by it. */
export const frontProxyCa: AuthorityDescription = { name: 'front-proxy-ca', base: 'front-proxy-ca', commonName: 'front-proxy-ca' };

/** The certificate with which the API server calls extension API servers. */
export const frontProxyClient: LeafDescription = {
  name: 'front-proxy-client',
  base: 'front-proxy-client',
  authority: frontProxyCa,
  extendedKeyUsages: ['clientAuth'],
  subject: () => ({ commonName: 'front-proxy-client', organizations: [] }),
};

/** The authority of the local etcd: signs its members' certificates and those of its clients. */
export const etcdCa: AuthorityDescription = { name: 'etcd-ca', base: 'etcd/ca', commonName: 'etcd-ca' };

/** The certificate with which the local etcd serves its clients. */
export const etcdServer: LeafDescription = {
  name: 'etcd-server',
  base: 'etcd/server',
  authority: etcdCa,
  extendedKeyUsages: ['serverAuth', 'clientAuth'],
  subject: (config) => ({ commonName: config.nodeRegistration.name, organizations: [] }),
  names: (config) => etcdNames(config, config.cluster.etcd.local?.serverCertSANs ?? []),
};

/** The certificate with which members of etcd talk to each other. */
export const etcdPeer: LeafDescription = {
  name: 'etcd-peer',
  base: 'etcd/peer',
  authority: etcdCa,
  extendedKeyUsages: ['serverAuth', 'clientAuth'],
  subject: (config) => ({ commonName: config.nodeRegistration.name, organizations: [] }),
  names: (config) => etcdNames(config, config.cluster.etcd.local?.peerCertSANs ?? []),
};

/** The certificate with which the health of the local etcd is probed. */
export const etcdHealthcheckClient: LeafDescription = {
  name: 'etcd-healthcheck-client',
  base: 'etcd/healthcheck-client',
  authority: etcdCa,
  extendedKeyUsages: ['clientAuth'],
  subject: (_, traits) => ({ commonName: 'kube-etcd-healthcheck-client', organizations: organizations(traits.etcdClientOrganization) }),
};

/** The certificate with which the API server calls the local etcd. */
export const apiserverEtcdClient: LeafDescription = {
  name: 'apiserver-etcd-client',
  base: 'apiserver-etcd-client',
  authority: etcdCa,
  extendedKeyUsages: ['clientAuth'],
  subject: (_, traits) => ({
    commonName: 'kube-apiserver-etcd-client',
    organizations: organizations(traits.etcdClientOrganization),
  }),
};

/** The key pair with which tokens of service accounts are signed and verified. Paths below the certificates folder. */
export const serviceAccountKeys = { privateKey: 'sa.key', publicKey: 'sa.pub' } as const;
