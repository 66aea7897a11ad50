/** Arguments, environment and health probes of the containers of static Pods. */
import type { Argument, EnvVar } from '../../config/types.ts';

export type Defaults = Readonly<Record<string, string | undefined>>;

/**
 * Returns the arguments `--name=value`. Defaults come sorted; a name that the user gives removes the default of that
 * name; the user's follow in their order with duplicates (`appended`), or everything is sorted by name (`sorted`). Arguments of one
 * name keep the user's order in either case: the first `service-account-issuer` signs (kubernetes/kubeadm#3261).
 * Defaults whose value is undefined are left out.
 */
export function mergeArguments(defaults: Defaults, user: readonly Argument[], order: 'appended' | 'sorted'): readonly string[] {
  const given = new Set(user.map((argument) => argument.name));
  const kept = Object.entries(defaults).flatMap(([name, value]) => (value === undefined || given.has(name) ? [] : [{ name, value }]));
  const merged = order === 'sorted' ? [...kept, ...user].sort(compareNames) : [...kept.sort(compareNames), ...user];
  return merged.map(({ name, value }) => `--${name}=${value}`);
}

/** Value of the last argument of that name, or undefined. */
export function lastValue(args: readonly Argument[], name: string): string | undefined {
  return args.findLast((argument) => argument.name === name)?.value;
}

/** Sorting is stable, so that equal names keep their order. */
function compareNames(a: Argument, b: Argument): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

/** Variables that tell programs which proxy to use: any name that ends in `_proxy`, in any case, with a value. */
export function proxyVariables(environment: Readonly<Record<string, string | undefined>>): readonly EnvVar[] {
  return Object.entries(environment).flatMap(([name, value]) => (/_proxy$/i.test(name) && value ? [{ name, value }] : []));
}

/** Returns all variables sorted by name, later ones replacing earlier ones; undefined when there are none. */
export function mergeEnvironment(...lists: readonly (readonly EnvVar[])[]): readonly EnvVar[] | undefined {
  const byName = new Map(lists.flat().map((variable) => [variable.name, variable]));
  if (byName.size === 0) return undefined;
  return [...byName.keys()].sort().flatMap((name) => {
    const variable = byName.get(name);
    return variable === undefined ? [] : [printed(variable)];
  });
}

/** As core/v1 prints it: without an empty value, and a reference to a field says of which API version. */
function printed({ name, value, valueFrom }: EnvVar): EnvVar {
  return { name, ...(value ? { value } : {}), ...(valueFrom === undefined ? {} : { valueFrom: withVersion(valueFrom) }) };
}

function withVersion(valueFrom: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const reference = valueFrom.fieldRef;
  if (typeof reference !== 'object' || reference === null) return valueFrom;
  const fields = reference as Readonly<Record<string, unknown>>;
  return fields.apiVersion ? valueFrom : { ...valueFrom, fieldRef: { ...fields, apiVersion: 'v1' } };
}

interface ProbeTarget {
  /** Omitted in the probe when it means "every address": the kubelet then asks the address of the Pod. */
  readonly host: string;
  readonly port: number;
  readonly scheme: 'HTTP' | 'HTTPS';
}

export interface ProbePaths {
  readonly liveness: string;
  readonly readiness?: string;
  readonly startup: string;
}

interface ProbeOptions {
  readonly target: ProbeTarget;
  readonly paths: ProbePaths;
  /** Probes refer to the container's port by name. */
  readonly named: boolean;
  /** How long the component may take to start. */
  readonly startMs: number;
}

const portName = 'probe-port';
const startPeriodSeconds = 10;

/** The fields `ports`, `livenessProbe`, `readinessProbe` and `startupProbe` of a container. */
export function probesOf({ target, paths, named, startMs }: ProbeOptions): Readonly<Record<string, unknown>> {
  const probe = (path: string) => ({
    httpGet: { ...hostOf(target.host), path, port: named ? portName : target.port, scheme: target.scheme },
  });
  const slow = { initialDelaySeconds: 10, periodSeconds: startPeriodSeconds, timeoutSeconds: 15 };
  return {
    ...(named ? { ports: [{ containerPort: target.port, name: portName, protocol: 'TCP' }] } : {}),
    livenessProbe: { ...probe(paths.liveness), ...slow, failureThreshold: 8 },
    ...(paths.readiness === undefined
      ? {}
      : { readinessProbe: { ...probe(paths.readiness), periodSeconds: 1, timeoutSeconds: 15, failureThreshold: 3 } }),
    startupProbe: { ...probe(paths.startup), ...slow, failureThreshold: Math.max(1, Math.ceil(startMs / 1000 / startPeriodSeconds)) },
  };
}

function hostOf(host: string): { readonly host?: string } {
  return host === '' || host === '0.0.0.0' || host === '::' ? {} : { host };
}

/**
 * Reads where etcd serves its metrics from the first address of a `listen-metrics-urls` value. Parts that are
 * missing or wrong come from `fallback`.
 */
export function metricsTarget(urls: string | undefined, fallback: ProbeTarget): ProbeTarget {
  const first = urls?.split(',')[0] ?? '';
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:\[([^\]]*)\]|([^/:?#]*))(?::(\d+))?(?:[/?#]|$)/i.exec(first);
  if (match === null) return fallback;
  const port = Number(match[4]);
  return {
    host: match[2] || match[3] || fallback.host,
    port: port >= 1 && port <= 65_535 ? port : fallback.port,
    scheme: match[1]?.toLowerCase() === 'https' ? 'HTTPS' : 'HTTP',
  };
}
