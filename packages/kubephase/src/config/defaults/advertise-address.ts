/** The address that the API server announces: as given, or that of this machine's default route. */
import { canonicalIp, ipFamily, type IpFamily } from '../../formats/net/address.ts';
import { isGlobalUnicast, isLoopback, isUnspecified } from '../../formats/net/scope.ts';
import type { NetworkInterface } from '../../host/port.ts';
import type { FieldPath } from '../places.ts';
import type { Tools } from './tools.ts';
import { textOr } from './values.ts';

const remedy = 'Give the address of this machine with --apiserver-advertise-address or with the field localAPIEndpoint.advertiseAddress.';

/** The field that is completed. */
export interface AddressField {
  readonly given: string | null | undefined;
  readonly field: FieldPath;
}

/** Returns `0.0.0.0` when no address was found; that a usable one is there is checked later. */
export async function completeAdvertiseAddress({ given, field }: AddressField, tools: Tools): Promise<string> {
  const text = textOr(given, '');
  const address = text === '' ? '0.0.0.0' : canonicalIp(text);
  if (address === undefined) {
    const detail = 'not an IP address (apiserver-advertise-address); host names and prefix lengths are not allowed';
    tools.reporter.invalid(field, { value: text, detail, remedy });
    return '0.0.0.0';
  }
  if (isLoopback(address)) return replaceLoopback(address, field, tools);
  if (!isUnspecified(address)) return address;
  return (await hostAddress(address === '::' ? [6, 4] : [4, 6], field, tools)) ?? '0.0.0.0';
}

function replaceLoopback(loopback: string, field: FieldPath, { host, reporter }: Tools): string {
  const addresses = host.network.interfaces().filter((candidate) => candidate.name === 'lo');
  const found = globalAddress(addresses, 4) ?? globalAddress(addresses, 6);
  if (found === undefined) {
    const detail = 'a loopback address cannot be announced, and the interface lo has no other address';
    reporter.invalid(field, { value: loopback, detail, remedy });
    return loopback;
  }
  reporter.warn('CONFIG_VALUE_ADJUSTED', field, {
    summary: `the address ${loopback} cannot be announced; ${found} of the interface lo is used`,
    remedy,
  });
  return found;
}

async function hostAddress(families: readonly IpFamily[], field: FieldPath, tools: Tools): Promise<string | undefined> {
  const reported = (found: string | undefined, summary: string): string | undefined => {
    if (found === undefined) tools.reporter.error('ADVERTISE_ADDRESS_UNKNOWN', field, { summary, remedy });
    return found;
  };
  const routes = await tools.host.network.defaultRoutes();
  const interfaces = tools.host.network.interfaces();
  if (routes === undefined) return reported(addressWithoutRoutes(families, interfaces), 'no network interface has a usable address');
  if (routes.length === 0) {
    tools.reporter.warn('ADVERTISE_ADDRESS_UNKNOWN', field, {
      summary: 'no default route was found, so the address of this machine is not known',
      remedy,
    });
    return undefined;
  }
  const ordered = families.flatMap((family) => routes.filter((route) => route.family === family));
  for (const route of ordered) {
    const own = interfaces.filter((candidate) => candidate.up && candidate.name === route.interface);
    const loopbacks = interfaces.filter((candidate) => candidate.up && candidate.loopback);
    const found = globalAddress(own, route.family) ?? globalAddress(loopbacks, route.family);
    if (found !== undefined) return found;
  }
  return reported(undefined, 'no address could be selected from the interfaces of the default routes');
}

/** For systems that show no routing tables. */
function addressWithoutRoutes(families: readonly IpFamily[], interfaces: readonly NetworkInterface[]): string | undefined {
  const usable = interfaces.filter((candidate) => candidate.up && !candidate.loopback && !candidate.pointToPoint);
  return families.map((family) => globalAddress(usable, family)).find((found) => found !== undefined);
}

function globalAddress(interfaces: readonly NetworkInterface[], family: IpFamily): string | undefined {
  const addresses = interfaces.flatMap((candidate) => candidate.addresses.map((address) => canonicalIp(address) ?? ''));
  return addresses.find((address) => address !== '' && ipFamily(address) === family && isGlobalUnicast(address));
}
