/** Health probes of static Pods, and the port that they ask. */

export interface ProbeTarget {
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

export interface ProbeOptions {
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
  return host === '0.0.0.0' || host === '::' ? {} : { host };
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
