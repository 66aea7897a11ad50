/** The static Pod of kube-controller-manager. */
import { controlPlaneImage } from '../images.ts';
import { lastValue, mergeArguments, mergeEnvironment, probesOf, type Defaults } from './container.ts';
import {
  caDirectories,
  directory,
  kubeconfigFile,
  kubernetesDirectory,
  mergeVolumes,
  staticPod,
  type ManifestRequest,
  type StaticPod,
  type Volumes,
} from './pod.ts';

const name = 'kube-controller-manager';
const kubeconfig = `${kubernetesDirectory}/controller-manager.conf`;
const bindAddress = '127.0.0.1';
const flexVolumeDirectory = '/usr/libexec/kubernetes/kubelet-plugins/volume/exec';

export function kubeControllerManager(request: ManifestRequest): StaticPod {
  const { config, release, facts } = request;
  const { extraArgs, extraEnvs } = config.cluster.controllerManager;
  return staticPod({
    name,
    traits: release.traits,
    image: controlPlaneImage(config.cluster, release, name),
    args: mergeArguments(defaults(request), extraArgs, release.traits.extraArguments),
    env: mergeEnvironment(facts.proxyVariables, extraEnvs),
    requests: { cpu: '200m' },
    probes: probesOf({
      target: { host: lastValue(extraArgs, 'bind-address') ?? bindAddress, port: 10_257, scheme: 'HTTPS' },
      paths: { liveness: '/healthz', startup: '/healthz' },
      named: release.traits.namedProbePort,
      startMs: config.timeouts.controlPlaneComponentHealthCheckMs,
    }),
    volumes: volumesOf(request),
  });
}

function defaults({ config, release, facts }: ManifestRequest): Defaults {
  const { certificatesDir: pki, clusterName } = config.cluster;
  return {
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': bindAddress,
    'client-ca-file': `${pki}/ca.crt`,
    'cluster-name': clusterName || undefined,
    // Empty values keep the signing controller from starting when the CA's key is elsewhere.
    'cluster-signing-cert-file': facts.externalCa ? '' : `${pki}/ca.crt`,
    'cluster-signing-key-file': facts.externalCa ? '' : `${pki}/ca.key`,
    controllers: '*,bootstrapsigner,tokencleaner',
    kubeconfig,
    'leader-elect': 'true',
    port: release.traits.insecurePortFlag ? '0' : undefined,
    'requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
    'root-ca-file': `${pki}/ca.crt`,
    'service-account-private-key-file': `${pki}/sa.key`,
    'use-service-account-credentials': 'true',
    ...podNetworkArguments(config.cluster.networking),
  };
}

function podNetworkArguments({ podSubnet, serviceSubnet }: { readonly podSubnet: string; readonly serviceSubnet: string }): Defaults {
  if (podSubnet === '') return {};
  return { 'allocate-node-cidrs': 'true', 'cluster-cidr': podSubnet, 'service-cluster-ip-range': serviceSubnet || undefined };
}

function volumesOf({ config, release, facts }: ManifestRequest): Volumes {
  const { extraArgs, extraVolumes } = config.cluster.controllerManager;
  const flexVolumes = lastValue(extraArgs, 'flex-volume-plugin-dir') ?? flexVolumeDirectory;
  return mergeVolumes(
    [
      directory('k8s-certs', config.cluster.certificatesDir),
      ...caDirectories(facts.caDirectories),
      kubeconfigFile(kubeconfig),
      ...(release.traits.flexVolume ? [directory('flexvolume-dir', flexVolumes, 'read-write')] : []),
    ],
    extraVolumes,
  );
}
