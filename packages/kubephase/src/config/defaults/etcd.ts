/** etcd with its defaults: local unless an external one is given. */
import type { Etcd, LocalEtcd } from '../types.ts';
import type { GivenEtcd } from '../v1beta4/parts.ts';
import { toArguments, toEnvs } from './components.ts';
import { defaults, textOr } from './values.ts';

export function completeEtcd(given: GivenEtcd | null | undefined): Etcd {
  const external = given?.external;
  if (external === null || external === undefined) return { local: completeLocal(given?.local ?? {}) };
  const endpoints = external.endpoints ?? [];
  const httpEndpoints = external.httpEndpoints ?? [];
  return {
    external: {
      endpoints,
      httpEndpoints: httpEndpoints.length === 0 ? endpoints : httpEndpoints,
      caFile: external.caFile ?? '',
      certFile: external.certFile ?? '',
      keyFile: external.keyFile ?? '',
    },
  };
}

function completeLocal(given: NonNullable<GivenEtcd['local']>): LocalEtcd {
  return {
    ...imageOf(given),
    dataDir: textOr(given.dataDir, defaults.etcdDataDir),
    extraArgs: toArguments(given.extraArgs),
    extraEnvs: toEnvs(given.extraEnvs),
    serverCertSANs: given.serverCertSANs ?? [],
    peerCertSANs: given.peerCertSANs ?? [],
  };
}

interface GivenImage {
  readonly imageRepository?: string | null | undefined;
  readonly imageTag?: string | null | undefined;
}

/** Repository and tag of an image, each only when it is given. */
export function imageOf(given: GivenImage | null | undefined): { readonly imageRepository?: string; readonly imageTag?: string } {
  const imageRepository = textOr(given?.imageRepository, '');
  const imageTag = textOr(given?.imageTag, '');
  return { ...(imageRepository === '' ? {} : { imageRepository }), ...(imageTag === '' ? {} : { imageTag }) };
}
