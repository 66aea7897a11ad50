/** etcd with its defaults: local unless an external one is given. */
import type { Etcd, ExternalEtcd, LocalEtcd } from '../types.ts';
import type { GivenEtcd } from '../v1beta4/parts.ts';
import { toArguments, toEnvs } from './components.ts';
import { defaults, textOr } from './values.ts';

export function completeEtcd(given: GivenEtcd | null | undefined): Etcd {
  const external = given?.external ?? undefined;
  return external === undefined ? { local: completeLocal(given?.local ?? {}) } : { external: completeExternal(external) };
}

function completeExternal(given: NonNullable<GivenEtcd['external']>): ExternalEtcd {
  const endpoints = given.endpoints ?? [];
  const httpEndpoints = given.httpEndpoints ?? [];
  return {
    endpoints,
    httpEndpoints: httpEndpoints.length === 0 ? endpoints : httpEndpoints,
    caFile: given.caFile ?? '',
    certFile: given.certFile ?? '',
    keyFile: given.keyFile ?? '',
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
