/** Rules for etcd. */
import { urlScheme } from '../../formats/net/host.ts';
import type { ExternalEtcd } from '../types.ts';
import { notAbsolute } from './certificates.ts';
import type { Rule, Violation } from './rule.ts';

const etcdAt = 'ClusterConfiguration.etcd';

export const etcdRules: readonly Rule[] = [
  {
    name: 'etcd-local-or-external',
    check: ({ cluster }) => (isBoth(cluster.etcd) ? [{ field: etcdAt, value: '', detail: 'local and external exclude each other' }] : []),
  },
  external('etcd-client-pair', ({ certFile, keyFile }) =>
    (certFile === '') === (keyFile === '')
      ? []
      : [{ field: `${etcdAt}.external`, value: '', detail: 'certFile and keyFile are needed both, or none of them' }],
  ),
  external('etcd-client-needs-ca', ({ caFile, certFile, keyFile }) =>
    certFile === '' || keyFile === '' || caFile !== ''
      ? []
      : [{ field: `${etcdAt}.external`, value: '', detail: 'certFile and keyFile need caFile' }],
  ),
  external('etcd-endpoints', (etcd) => {
    if (etcd.endpoints.length === 0)
      return [{ field: `${etcdAt}.external.endpoints`, value: '', detail: 'at least one endpoint is needed' }];
    return etcd.endpoints.flatMap((endpoint, index) => endpointFaults(`${etcdAt}.external.endpoints.${index}`, endpoint, usesTls(etcd)));
  }),
  external('etcd-http-endpoints', (etcd) =>
    etcd.httpEndpoints.flatMap((endpoint, index) => endpointFaults(`${etcdAt}.external.httpEndpoints.${index}`, endpoint, false)),
  ),
  external('etcd-absolute-paths', (etcd) =>
    (['caFile', 'certFile', 'keyFile'] as const).flatMap((name) =>
      etcd[name] === '' ? [] : notAbsolute(`${etcdAt}.external.${name}`, etcd[name]),
    ),
  ),
];

/** Rules for an external etcd are asked only when that is what was given. */
function external(name: string, check: (etcd: ExternalEtcd) => readonly Violation[]): Rule {
  return {
    name,
    check: ({ config, cluster }) =>
      config.cluster.etcd.external === undefined || isBoth(cluster.etcd) ? [] : check(config.cluster.etcd.external),
  };
}

function isBoth(etcd: { readonly local?: unknown; readonly external?: unknown } | null | undefined): boolean {
  return isSet(etcd?.local) && isSet(etcd?.external);
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function usesTls({ caFile, certFile, keyFile }: ExternalEtcd): boolean {
  return caFile !== '' || certFile !== '' || keyFile !== '';
}

function endpointFaults(field: string, endpoint: string, tls: boolean): readonly Violation[] {
  const url = urlScheme(endpoint);
  if ('fault' in url) return [{ field, value: endpoint, detail: `not a URL: ${url.fault}` }];
  const faults = [
    ...(tls && url.scheme !== 'https' ? ['the URL must be using the HTTPS scheme, because TLS files are given'] : []),
    ...(url.scheme === '' ? ['the URL must have a scheme, such as https://'] : []),
  ];
  return faults.map((detail) => ({ field, value: endpoint, detail }));
}
