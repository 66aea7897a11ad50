/** Rules for the local API endpoint and the key of uploaded certificates, of `init` and `join`. */
import { ipFamily, isGlobalUnicast, isLoopback, parseCidr } from '../../formats/net/address.ts';
import type { ApiEndpoint } from '../types.ts';
import type { Rule, Violation } from './rule.ts';

const endpointAt = 'InitConfiguration.localAPIEndpoint';
const keyBytes = 32;
const bindAddressRemedy =
  'Give the address of this machine with --apiserver-advertise-address or with the field localAPIEndpoint.advertiseAddress.';

export const endpointRules: readonly Rule[] = [
  { name: 'bind-port', check: ({ config }) => badPort(endpointAt, config.localAPIEndpoint) },
  { name: 'certificate-key', check: ({ config }) => badKey('InitConfiguration.certificateKey', config.certificateKey) },
  {
    name: 'advertise-address-family',
    check: ({ config }) => {
      const [first = ''] = config.cluster.networking.serviceSubnet.split(',');
      const family = parseCidr(first)?.family;
      const { advertiseAddress } = config.localAPIEndpoint;
      if (family === undefined || family === ipFamily(advertiseAddress)) return [];
      const remark = `the address ${advertiseAddress} is IPv${ipFamily(advertiseAddress)}, but the first service range ${first} is IPv${family}`;
      return [{ field: `${endpointAt}.advertiseAddress`, remark, remedy: 'Use an address and a first service range of the same family.' }];
    },
  },
];

/** Checks of commands that start an API server; not part of validating a file. */
export const bindAddressRules: readonly Rule[] = [
  { name: 'bind-address', check: ({ config }) => badBindAddress(endpointAt, config.localAPIEndpoint) },
];

/** One violation unless the port of the endpoint at `field` is one. */
export function badPort(field: string, { bindPort }: ApiEndpoint): readonly Violation[] {
  if (bindPort >= 1 && bindPort <= 65_535) return [];
  return [{ field: `${field}.bindPort`, value: bindPort, detail: 'not a valid port: 1 to 65535 are allowed' }];
}

/** One violation unless the key is absent or 32 bytes in hex. The key itself never appears: only how it is wrong. */
export function badKey(field: string, key: string | undefined): readonly Violation[] {
  const detail = key === undefined ? undefined : keyFault(key);
  if (detail === undefined) return [];
  return [{ field, value: key, detail, remedy: 'Give 64 hex digits, as openssl rand -hex 32 makes them.' }];
}

/** One violation unless other machines can reach the address of the endpoint at `field`. */
export function badBindAddress(field: string, { advertiseAddress }: ApiEndpoint): readonly Violation[] {
  if (isGlobalUnicast(advertiseAddress) || isLoopback(advertiseAddress)) return [];
  const detail = `cannot use "${advertiseAddress}" as the bind address for the API server: not a global unicast address`;
  return [{ field: `${field}.advertiseAddress`, value: advertiseAddress, detail, remedy: bindAddressRemedy }];
}

function keyFault(key: string): string | undefined {
  const bad = /[^0-9a-f]/i.exec(key);
  if (bad !== null) return `not hex: character ${bad.index + 1} is not a hex digit`;
  if (key.length % 2 !== 0) return 'not hex: odd number of digits';
  return key.length === keyBytes * 2 ? undefined : `${key.length / 2} bytes, but the key has ${keyBytes}`;
}
