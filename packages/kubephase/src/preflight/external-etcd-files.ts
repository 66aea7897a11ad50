/** Checks `ExternalEtcdClientCertificates`: the files with which the API server is to reach etcd exist. */
import type { ExternalEtcd } from '../config/types.ts';
import type { Check } from './check.ts';

/** Returns one check for each configured file; they share their name. */
export function externalEtcdFiles(etcd: ExternalEtcd): readonly Check[] {
  return [etcd.caFile, etcd.certFile, etcd.keyFile].filter((path) => path !== '').map((path) => fileExists(path));
}

function fileExists(path: string): Check {
  return {
    name: 'ExternalEtcdClientCertificates',
    severity: 'error',
    about:
      'Looks for the certificate, its key and the CA certificate with which the API server is to reach etcd outside the cluster (etcd.external in the configuration). Put the files there, or correct their paths.',
    run: async ({ host }) => {
      if ((await host.files.status(path)) !== undefined) return [];
      return [{ summary: `${path} does not exist`, remedy: 'Put the file there, or correct etcd.external in the configuration.' }];
    },
  };
}
