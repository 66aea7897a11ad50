/** Where the API server is reached: on this node, and through the control-plane endpoint. */
import type { ControlPlaneConfig } from '../config/types.ts';
import { canonicalIp, joinHostPort } from '../formats/net/address.ts';
import { isDnsSubdomain, isPort, splitHostPort } from '../formats/net/host.ts';
import { failure } from '../problems/catalogue.ts';

/** The part of a configuration that says where API servers are; joining nodes have it too. */
export interface EndpointConfig {
  readonly localAPIEndpoint: ControlPlaneConfig['localAPIEndpoint'];
  readonly cluster: Pick<ControlPlaneConfig['cluster'], 'controlPlaneEndpoint'>;
}

interface HostPort {
  /** Canonical IP address without brackets, or a DNS name. */
  readonly host: string;
  readonly port: number;
}

/** Returns `https://address:port` of the API server on this node. */
export function localApiUrl({ localAPIEndpoint: { advertiseAddress, bindPort } }: Pick<EndpointConfig, 'localAPIEndpoint'>): string {
  return `https://${joinHostPort(advertiseAddress, bindPort)}`;
}

/** Returns the URL by which all nodes and users reach the cluster: that of this node when no endpoint is configured. */
export function controlPlaneUrl(config: EndpointConfig): string {
  const { host, port } = controlPlaneHostPort(config);
  return `https://${joinHostPort(host, port)}`;
}

/**
 * Returns host and port of the control-plane endpoint; the port of this node's API server when it names none.
 * @throws ProblemError `ENDPOINT_INVALID`
 */
export function controlPlaneHostPort(config: EndpointConfig): HostPort {
  const { advertiseAddress, bindPort } = config.localAPIEndpoint;
  const text = config.cluster.controlPlaneEndpoint;
  if (text === '') return { host: advertiseAddress, port: bindPort };
  const { host: hostText, port = String(bindPort) } = splitHostPort(text) ?? { host: text.replace(/^\[(.*)\]$/, '$1') };
  const host = canonicalIp(hostText) ?? (isDnsSubdomain(hostText) ? hostText : undefined);
  if (host === undefined || !isPort(port)) throw invalid(text);
  return { host, port: Number(port) };
}

/** Returns a warning when the endpoint's own port replaces the port of the API server, as it may be meant or a slip. */
export function endpointPortWarning(config: EndpointConfig): string | undefined {
  const { bindPort } = config.localAPIEndpoint;
  const { port } = controlPlaneHostPort(config);
  if (port === bindPort) return undefined;
  return `port ${port} of controlPlaneEndpoint ${config.cluster.controlPlaneEndpoint} is used instead of the bind port ${bindPort}`;
}

function invalid(text: string): Error {
  return failure('ENDPOINT_INVALID', {
    summary: `controlPlaneEndpoint ${JSON.stringify(text)} is not a host with an optional port`,
    detail: 'Expected is an IP address or a DNS name in lower case, alone or followed by a colon and a port from 1 to 65535.',
    remedy: 'Correct ClusterConfiguration.controlPlaneEndpoint or --control-plane-endpoint.',
    where: { field: 'ClusterConfiguration.controlPlaneEndpoint' },
  });
}
