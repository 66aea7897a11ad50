/** The static Pod of kube-scheduler. */
import { controlPlaneImage } from '../images.ts';
import { lastValue, mergeArguments, mergeEnvironment, probesOf } from './container.ts';
import { kubeconfigFile, kubernetesDirectory, mergeVolumes, staticPod, type ManifestRequest, type StaticPod } from './pod.ts';

const name = 'kube-scheduler';
const kubeconfig = `${kubernetesDirectory}/scheduler.conf`;
const bindAddress = '127.0.0.1';

const probePaths = {
  'livez-readyz': { liveness: '/livez', readiness: '/readyz', startup: '/livez' },
  healthz: { liveness: '/healthz', startup: '/healthz' },
} as const;

export function kubeScheduler({ config, release, facts }: ManifestRequest): StaticPod {
  const { extraArgs, extraEnvs, extraVolumes } = config.cluster.scheduler;
  const defaults = {
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': bindAddress,
    kubeconfig,
    'leader-elect': 'true',
    port: release.traits.insecurePortFlag ? '0' : undefined,
  };
  return staticPod({
    name,
    traits: release.traits,
    image: controlPlaneImage(config.cluster, release, name),
    args: mergeArguments(defaults, extraArgs, release.traits.extraArguments),
    env: mergeEnvironment(facts.proxyVariables, extraEnvs),
    requests: { cpu: '100m' },
    probes: probesOf({
      target: { host: lastValue(extraArgs, 'bind-address') ?? bindAddress, port: 10_259, scheme: 'HTTPS' },
      paths: probePaths[release.traits.schedulerProbes],
      named: release.traits.namedProbePort,
      startMs: config.timeouts.controlPlaneComponentHealthCheckMs,
    }),
    volumes: mergeVolumes([kubeconfigFile(kubeconfig)], extraVolumes),
  });
}
