/** The stable address of the control plane, with its port. */
import { canonicalIp, joinHostPort } from '../../formats/net/address.ts';
import { dnsSubdomainRule, isDnsSubdomain } from '../../formats/net/dns-name.ts';
import { isPort, splitHostPort } from '../../formats/net/host-port.ts';
import type { Reporter } from '../findings.ts';
import { textOr } from './values.ts';

const field = ['ClusterConfiguration', 'controlPlaneEndpoint'];

/** Adds `bindPort` when the endpoint has no port. Empty when none is given. */
export function completeEndpoint(given: string | null | undefined, bindPort: number, reporter: Reporter): string {
  const text = textOr(given, '');
  if (text === '') return '';
  const { host, port } = splitHostPort(text) ?? { host: text, port: '' };
  const address = canonicalIp(host);
  if (address === undefined && !isDnsSubdomain(host)) {
    reporter.invalid(field, { value: text, detail: `the host "${host}" is neither an IP address nor a DNS name: ${dnsSubdomainRule}` });
    return text;
  }
  if (port !== '' && !isPort(port)) {
    reporter.invalid(field, { value: text, detail: `the port "${port}" is not a number from 1 to 65535` });
    return text;
  }
  // The host is kept as written: it ends up in kubeconfig files that other tools compare.
  return port === '' ? joinHostPort(host, bindPort) : text;
}
