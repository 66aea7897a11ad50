/** Phase `certs`: groups the phases for certificates and keys. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { phase as apiserverEtcdClient } from './apiserver-etcd-client.ts';
import { phase as apiserverKubeletClient } from './apiserver-kubelet-client.ts';
import { phase as apiserver } from './apiserver.ts';
import { phase as ca } from './ca.ts';
import { phase as etcdCa } from './etcd-ca.ts';
import { phase as etcdHealthcheckClient } from './etcd-healthcheck-client.ts';
import { phase as etcdPeer } from './etcd-peer.ts';
import { phase as etcdServer } from './etcd-server.ts';
import { phase as frontProxyCa } from './front-proxy-ca.ts';
import { phase as frontProxyClient } from './front-proxy-client.ts';
import { phase as sa } from './sa.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'certs',
  summary: 'Make the certificates and keys of the control plane',
  description: `Makes what is missing in the certificates folder and keeps what is there, down to the byte.

Files that do not fit are found before anything is written: keys without their certificates, expired certificates, certificates that another authority signed, keys that other users can read. A certificate authority without its key counts as an external one: what it signs has to be there.`,
  example: `init phase certs --config cluster.yaml
init phase certs --cert-dir /srv/pki`,
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
