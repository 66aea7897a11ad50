/** The DNS names and IP addresses that serving certificates hold. */
import { addressAt, canonicalIp, parseCidr } from '../../formats/net/address.ts';
import { isDnsSubdomain, isWildcardDnsSubdomain } from '../../formats/net/host.ts';
import type { AltNames } from '../../formats/x509/names.ts';
import { failure } from '../../problems/catalogue.ts';
import { controlPlaneHostPort } from '../endpoint.ts';
import type { CertificateConfig } from './issuing.ts';

/** Names for a certificate, and wanted names that are neither IP addresses nor DNS names. */
export interface WantedNames extends AltNames {
  readonly unusable: readonly string[];
}

/** Names of the API server: its Service, its address, the control-plane endpoint and what the user adds. */
export function apiserverNames(config: CertificateConfig): WantedNames {
  const { networking, apiServer, controlPlaneEndpoint } = config.cluster;
  const service = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  const qualified = networking.dnsDomain === '' ? [] : [`kubernetes.default.svc.${networking.dnsDomain}`];
  const endpoint = controlPlaneEndpoint === '' ? [] : [controlPlaneHostPort(config).host];
  return collectNames({
    dnsNames: [...nodeName(config), ...service, ...qualified],
    ipAddresses: [serviceAddress(networking.serviceSubnet), config.localAPIEndpoint.advertiseAddress],
    mixed: [...endpoint, ...apiServer.certSANs],
  });
}

/** Names of the etcd member on this node and what the user adds. */
export function etcdNames(config: CertificateConfig, extra: readonly string[]): WantedNames {
  return collectNames({
    dnsNames: [...nodeName(config), 'localhost'],
    ipAddresses: [config.localAPIEndpoint.advertiseAddress, '127.0.0.1', '::1'],
    mixed: extra,
  });
}

interface Candidates {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** Each an IP address, a DNS name or a wildcard. */
  readonly mixed: readonly string[];
}

/** DNS names are sorted; addresses keep their order. Neither has duplicates. */
function collectNames({ dnsNames, ipAddresses, mixed }: Candidates): WantedNames {
  const names = new Set(dnsNames);
  const addresses = new Set(ipAddresses.map(requireAddress));
  const unusable: string[] = [];
  for (const candidate of mixed) {
    const address = canonicalIp(candidate);
    if (address !== undefined) addresses.add(address);
    else if (isDnsSubdomain(candidate) || isWildcardDnsSubdomain(candidate)) names.add(candidate);
    else unusable.push(candidate);
  }
  return { dnsNames: [...names].toSorted(), ipAddresses: [...addresses], unusable };
}

function nodeName(config: CertificateConfig): readonly string[] {
  const { name } = config.nodeRegistration;
  return name === '' ? [] : [name];
}

/** Address of the Service `kubernetes`: index 1 of the first Service range. */
function serviceAddress(serviceSubnet: string): string {
  const [first = ''] = serviceSubnet.split(',');
  const cidr = parseCidr(first.trim());
  const address = cidr === undefined ? undefined : addressAt(cidr, 1);
  if (address !== undefined) return address;
  throw failure('CERT_NAMES_INVALID', {
    summary: `the Service range ${JSON.stringify(serviceSubnet)} has no address for the API server`,
    remedy: 'Set networking.serviceSubnet to a range such as 10.96.0.0/12.',
    where: { field: 'ClusterConfiguration.networking.serviceSubnet' },
  });
}

function requireAddress(text: string): string {
  const address = canonicalIp(text);
  if (address !== undefined) return address;
  throw failure('CERT_NAMES_INVALID', {
    summary: `the advertise address ${JSON.stringify(text)} is not an IP address`,
    remedy: 'Set localAPIEndpoint.advertiseAddress or --apiserver-advertise-address to an address of this node.',
    where: { field: 'InitConfiguration.localAPIEndpoint.advertiseAddress' },
  });
}
