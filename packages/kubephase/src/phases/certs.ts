/** Phase `certs`: the certificates and keys of a control plane node, each a phase of its own. */
import { definePhase, type Membership, type Phase } from 'phaserunner';
import type * as descriptions from '../core/certificates/descriptions.ts';
import type { FlagName } from '../flags/flags.ts';
import type { PkiContext } from '../operations/certificates/files.ts';
import { authority, certificate, serviceAccountKeys } from './results.ts';

type Work = NonNullable<Phase<PkiContext>['work']>;
type Descriptions = typeof descriptions;

const describe = (): Promise<Descriptions> => import('../core/certificates/descriptions.ts');

/** The work on one authority. */
function authorityOf(choose: (all: Descriptions) => descriptions.AuthorityDescription): Work {
  return async () => (await import('../operations/certificates/authority.ts')).authorityWork(choose(await describe()));
}

/** The work on one certificate that an authority signs. */
function certificateOf(choose: (all: Descriptions) => descriptions.LeafDescription): Work {
  return async () => (await import('../operations/certificates/leaf.ts')).certificateWork(choose(await describe()));
}

const withLocalEtcd: Membership<Pick<PkiContext, 'config'>> = {
  only: 'with a local etcd',
  test: ({ config }) => config.cluster.etcd.local !== undefined,
};

const certFlags = ['cert-dir', 'config', 'dry-run', 'kubernetes-version'] as const;

export const ca = definePhase<PkiContext, FlagName>({
  name: 'ca',
  summary: 'Make the certificate authority of the cluster',
  description:
    'Signs the certificates of the API server, of its clients and of the kubelets. An existing authority is kept; without its key it counts as external, and what it signs has to be there too.',
  flags: certFlags,
  makes: [authority('ca')],
  work: authorityOf((all) => all.ca),
});

export const apiserver = definePhase<PkiContext, FlagName>({
  name: 'apiserver',
  summary: 'Make the certificate with which the API server serves',
  description: `It holds the names of the Service "kubernetes" and its address, the name and the address of this node, the control-plane endpoint, and apiServer.certSANs.

An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key. When it lacks a name that the configuration asks for, a warning says so; remove the certificate and its key to have them made again.`,
  example: `phase certs apiserver --config cluster.yaml
phase certs apiserver --apiserver-cert-extra-sans api.example.com,192.0.2.7`,
  flags: [
    'apiserver-advertise-address',
    'apiserver-cert-extra-sans',
    'cert-dir',
    'config',
    'control-plane-endpoint',
    'dry-run',
    'kubernetes-version',
    'service-cidr',
    'service-dns-domain',
  ],
  needs: [authority('ca')],
  makes: [certificate('apiserver')],
  work: certificateOf((all) => all.apiserver),
});

export const apiserverKubeletClient = definePhase<PkiContext, FlagName>({
  name: 'apiserver-kubelet-client',
  summary: 'Make the certificate with which the API server calls kubelets',
  description:
    'Used for logs, exec and port forwarding. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: certFlags,
  needs: [authority('ca')],
  makes: [certificate('apiserver-kubelet-client')],
  work: certificateOf((all) => all.apiserverKubeletClient),
});

export const frontProxyCa = definePhase<PkiContext, FlagName>({
  name: 'front-proxy-ca',
  summary: 'Make the certificate authority for extension API servers',
  description:
    'Extension API servers believe what the API server tells about a user when its certificate comes from this authority. An existing authority is kept.',
  flags: certFlags,
  makes: [authority('front-proxy-ca')],
  work: authorityOf((all) => all.frontProxyCa),
});

export const frontProxyClient = definePhase<PkiContext, FlagName>({
  name: 'front-proxy-client',
  summary: 'Make the certificate with which the API server calls extension API servers',
  description:
    'Used by the aggregation layer. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: certFlags,
  needs: [authority('front-proxy-ca')],
  makes: [certificate('front-proxy-client')],
  work: certificateOf((all) => all.frontProxyClient),
});

export const etcdCa = definePhase<PkiContext, FlagName>({
  name: 'etcd-ca',
  summary: 'Make the certificate authority of the local etcd',
  description: 'Signs the certificates of the etcd members and of their clients. An existing authority is kept.',
  flags: certFlags,
  include: withLocalEtcd,
  makes: [authority('etcd/ca')],
  work: authorityOf((all) => all.etcdCa),
});

export const etcdServer = definePhase<PkiContext, FlagName>({
  name: 'etcd-server',
  summary: 'Make the certificate with which the local etcd serves',
  description:
    'It holds the name and the address of this node, localhost, and etcd.local.serverCertSANs. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: certFlags,
  include: withLocalEtcd,
  needs: [authority('etcd/ca')],
  makes: [certificate('etcd/server')],
  work: certificateOf((all) => all.etcdServer),
});

export const etcdPeer = definePhase<PkiContext, FlagName>({
  name: 'etcd-peer',
  summary: 'Make the certificate with which etcd members talk to each other',
  description:
    'It holds the name and the address of this node, localhost, and etcd.local.peerCertSANs. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: certFlags,
  include: withLocalEtcd,
  needs: [authority('etcd/ca')],
  makes: [certificate('etcd/peer')],
  work: certificateOf((all) => all.etcdPeer),
});

export const etcdHealthcheckClient = definePhase<PkiContext, FlagName>({
  name: 'etcd-healthcheck-client',
  summary: 'Make the certificate with which the health of etcd is probed',
  description:
    'Used by the probes of the etcd Pod. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: certFlags,
  include: withLocalEtcd,
  needs: [authority('etcd/ca')],
  makes: [certificate('etcd/healthcheck-client')],
  work: certificateOf((all) => all.etcdHealthcheckClient),
});

export const apiserverEtcdClient = definePhase<PkiContext, FlagName>({
  name: 'apiserver-etcd-client',
  summary: 'Make the certificate with which the API server calls the local etcd',
  description:
    'With an external etcd the configuration names the files to use instead. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: certFlags,
  include: withLocalEtcd,
  needs: [authority('etcd/ca')],
  makes: [certificate('apiserver-etcd-client')],
  work: certificateOf((all) => all.apiserverEtcdClient),
});

export const sa = definePhase<PkiContext, FlagName>({
  name: 'sa',
  summary: 'Make the key pair for the tokens of service accounts',
  description:
    'Existing keys are kept; a missing public key is made again from the private one. With an external certificate authority the pair has to be there.',
  flags: certFlags,
  makes: [serviceAccountKeys],
  work: async () => (await import('../operations/certificates/service-account.ts')).serviceAccountWork,
});

export const certs = definePhase<PkiContext, FlagName>({
  name: 'certs',
  summary: 'Make the certificates and keys of the control plane',
  description: `Makes what is missing in the certificates folder and keeps what is there, down to the byte.

Files that do not fit are found before anything is written: keys without their certificates, expired certificates, certificates that another authority signed, keys that other users can read. A certificate authority without its key counts as an external one: what it signs has to be there.`,
  example: `phase certs --config cluster.yaml
phase certs --cert-dir /srv/pki`,
  run: (context, task) => task.message(`certificates folder: ${context.paths.certificates}`),
  phases: [
    ca,
    apiserver,
    apiserverKubeletClient,
    frontProxyCa,
    frontProxyClient,
    etcdCa,
    etcdServer,
    etcdPeer,
    etcdHealthcheckClient,
    apiserverEtcdClient,
    sa,
  ],
});
