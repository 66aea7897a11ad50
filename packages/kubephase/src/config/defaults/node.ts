/** What belongs to this node, with defaults: its registration, the socket of its container runtime, the address that it announces. */
import { canonicalIp, ipFamily, isGlobalUnicast, isLoopback, isUnspecified, type IpFamily } from '../../formats/net/address.ts';
import type { NetworkInterface } from '../../host/port.ts';
import type { FieldPath } from '../findings.ts';
import type { GivenNodeRegistration } from '../schema/v1beta4-parts.ts';
import type { NodeRegistration } from '../types.ts';
import { imagePullPolicies } from '../vocabulary.ts';
import { toArguments } from './cluster.ts';
import type { Tools } from './machine.ts';
import { defaults, textOr } from './values.ts';

interface NodeSurroundings {
  /** Path of the registration, for reports. */
  readonly field: FieldPath;
  /** Keys of the taints of a node that is given none. */
  readonly taintKeys: readonly string[];
  readonly detectCriSocket: boolean;
  readonly tools: Tools;
}

export async function completeNodeRegistration(
  given: GivenNodeRegistration,
  { field, taintKeys, detectCriSocket, tools }: NodeSurroundings,
): Promise<NodeRegistration> {
  return {
    name: textOr(given.name, tools.host.network.hostName()).trim().toLowerCase(),
    criSocket: await completeCriSocket({ given: given.criSocket, field: [...field, 'criSocket'], detect: detectCriSocket }, tools),
    taints: completeTaints(given.taints, taintKeys),
    kubeletExtraArgs: toArguments(given.kubeletExtraArgs),
    ignorePreflightErrors: ignoredChecks(given.ignorePreflightErrors),
    imagePullPolicy: completePullPolicy(given.imagePullPolicy),
    imagePullSerial: given.imagePullSerial ?? true,
  };
}

/** An unknown policy is reported by a rule of its own. */
export function completePullPolicy(given: string | null | undefined): NodeRegistration['imagePullPolicy'] {
  return imagePullPolicies.find((policy) => policy === given) ?? defaults.imagePullPolicy;
}

/** Names of checks in lower case, each once, sorted. */
export function ignoredChecks(names: readonly string[] | null | undefined): readonly string[] {
  return [...new Set((names ?? []).map((name) => name.toLowerCase()))].sort();
}

/** An empty list is a wish: no taints. */
function completeTaints(given: GivenNodeRegistration['taints'], keys: readonly string[]): NodeRegistration['taints'] {
  if (given === null || given === undefined) return keys.map((key) => ({ key, effect: 'NoSchedule' }));
  return given.map(({ key, value, effect }) => ({
    key: key ?? '',
    effect: effect ?? '',
    ...(textOr(value, '') === '' ? {} : { value: value ?? '' }),
  }));
}

/** Stands in when no runtime answers. */
export const defaultCriSocket = 'unix:///var/run/containerd/containerd.sock';
const knownSockets = [defaultCriSocket, 'unix:///var/run/crio/crio.sock', 'unix:///var/run/cri-dockerd.sock'];

/** A field that names a socket. */
interface SocketField {
  readonly given: string | null | undefined;
  readonly field: FieldPath;
  /** Try the sockets of known runtimes when none is given; none answering means containerd's. */
  readonly detect: boolean;
}

export async function completeCriSocket({ given, field, detect }: SocketField, tools: Tools): Promise<string> {
  const socket = textOr(given, '');
  if (socket !== '') return reportedScheme(socket, field, tools);
  return detect ? detectSocket(field, tools) : defaultCriSocket;
}

/** The socket as a URL: kubeadm once took plain paths. */
export function withScheme(socket: string): string {
  return socket.startsWith('unix') ? socket : `unix://${socket}`;
}

function reportedScheme(socket: string, field: FieldPath, { reporter }: Tools): string {
  const completed = withScheme(socket);
  if (completed !== socket) {
    reporter.warn('CONFIG_VALUE_ADJUSTED', field, {
      summary: `${field.slice(1).join('.')}: "${socket}" has no scheme; ${completed} is used`,
      remedy: `Write ${completed}.`,
    });
  }
  return completed;
}

async function detectSocket(field: FieldPath, { host, reporter }: Tools): Promise<string> {
  const answers = await Promise.all(knownSockets.map((socket) => host.network.acceptsConnections(socket.slice('unix://'.length))));
  const found = knownSockets.filter((_, index) => answers[index]);
  if (found.length > 1) {
    reporter.error('CRI_SOCKET_AMBIGUOUS', field, {
      summary: `several container runtimes answer on this machine: ${found.join(', ')}`,
      remedy: `Choose one with --cri-socket or with the field ${field.slice(1).join('.')}, such as ${found[0] ?? defaultCriSocket}.`,
    });
  }
  return found[0] ?? defaultCriSocket;
}

/** What to do about an address that cannot be announced. */
export const addressRemedy =
  'Give the address of this machine with --apiserver-advertise-address or with the field localAPIEndpoint.advertiseAddress.';

/** The field that is completed. */
interface AddressField {
  readonly given: string | null | undefined;
  readonly field: FieldPath;
}

/** Returns `0.0.0.0` when no address was found; that a usable one is there is checked later. */
export async function completeAdvertiseAddress({ given, field }: AddressField, tools: Tools): Promise<string> {
  const text = textOr(given, '');
  const address = text === '' ? '0.0.0.0' : canonicalIp(text);
  if (address === undefined) {
    const detail = 'not an IP address (apiserver-advertise-address); host names and prefix lengths are not allowed';
    tools.reporter.invalid(field, { value: text, detail, remedy: addressRemedy });
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
    reporter.invalid(field, { value: loopback, detail, remedy: addressRemedy });
    return loopback;
  }
  reporter.warn('CONFIG_VALUE_ADJUSTED', field, {
    summary: `the address ${loopback} cannot be announced; ${found} of the interface lo is used`,
    remedy: addressRemedy,
  });
  return found;
}

async function hostAddress(families: readonly IpFamily[], field: FieldPath, tools: Tools): Promise<string | undefined> {
  const reported = (found: string | undefined, summary: string): string | undefined => {
    if (found === undefined) tools.reporter.error('ADVERTISE_ADDRESS_UNKNOWN', field, { summary, remedy: addressRemedy });
    return found;
  };
  const routes = await tools.host.network.defaultRoutes();
  const interfaces = tools.host.network.interfaces();
  if (routes === undefined) return reported(addressWithoutRoutes(families, interfaces), 'no network interface has a usable address');
  if (routes.length === 0) {
    tools.reporter.warn('ADVERTISE_ADDRESS_UNKNOWN', field, {
      summary: 'no default route was found, so the address of this machine is not known',
      remedy: addressRemedy,
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
