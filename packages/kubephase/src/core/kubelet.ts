/** What of the kubelet is this node's own: its configuration file, and the flags that kubeadm's drop-in unit reads from kubeadm-flags.env. */
import type { NodeConfig, JsonObject } from '../config/types.ts';
import type { Mapping } from '../formats/data/mapping.ts';
import { shortEscapes } from '../formats/go-text.ts';
import type { ResolvedRelease } from '../releases/release.ts';
import { pauseImage } from './images.ts';
import { mergeArguments, type Defaults } from './manifests/container.ts';

/** Where systemd-resolved keeps the upstream name servers; /etc/resolv.conf then only names the machine itself. */
const resolvedFile = '/run/systemd/resolve/resolv.conf';

/** Whether the user asked for another file than the one that fits systemd-resolved. */
export function resolvConfWarning(document: JsonObject): string | undefined {
  const { resolvConf } = document;
  if (typeof resolvConf !== 'string' || resolvConf === '' || resolvConf === resolvedFile) return undefined;
  return `the kubelet's resolvConf is "${resolvConf}"; with systemd-resolved running, "${resolvedFile}" is recommended`;
}

/** Returns a copy of `document` whose Pods ask the name servers that systemd-resolved asks. */
export function withResolvConf(document: JsonObject): JsonObject {
  return document.resolvConf ? document : { ...document, resolvConf: resolvedFile };
}

/** Content of instance-config.yaml: what only this node knows. The quotes are part of the format. */
export function instanceFile(criSocket: string): string {
  return `containerRuntimeEndpoint: "${criSocket}"\n`;
}

/** Returns `document` with this node's values, which win over the user's document and over patches. */
export function withInstance(document: Mapping, criSocket: string): Mapping {
  return { ...document, containerRuntimeEndpoint: criSocket };
}

interface KubeletFlags {
  readonly config: NodeConfig;
  readonly release: ResolvedRelease;
  /** Name of the machine. */
  readonly hostName: string;
}

/** Whether the container runtime's socket stands in a file of its own instead of a flag. */
export function usesInstanceFile({ traits }: Pick<ResolvedRelease, 'traits'>): boolean {
  return traits.nodeLocalCriSocket;
}

/** Content of kubeadm-flags.env: one line, a shell-like assignment as systemd reads it. */
export function kubeletFlagsFile({ config, release, hostName }: KubeletFlags): string {
  const { name, kubeletExtraArgs } = config.nodeRegistration;
  const defaults: Defaults = {
    'hostname-override': name === hostName.trim().toLowerCase() ? undefined : name,
    'pod-infra-container-image': needsPauseImage(config, release) ? pauseImage(config.cluster, release) : undefined,
    ...runtimeFlags(config, release),
  };
  const flags = mergeArguments(defaults, kubeletExtraArgs, release.traits.extraArguments);
  return `KUBELET_KUBEADM_ARGS="${flags.map(escape).join(' ')}"\n`;
}

const dockerSocket = /^(unix:\/\/)?\/var\/run\/dockershim\.sock$/;

function usesDocker({ nodeRegistration }: NodeConfig, { traits }: ResolvedRelease): boolean {
  return traits.dockershim && dockerSocket.test(nodeRegistration.criSocket);
}

function needsPauseImage(config: NodeConfig, release: ResolvedRelease): boolean {
  const { podInfraContainerImage } = release.traits;
  return podInfraContainerImage === 'always' || (podInfraContainerImage === 'docker' && usesDocker(config, release));
}

function runtimeFlags(config: NodeConfig, release: ResolvedRelease): Defaults {
  if (usesDocker(config, release)) return { 'network-plugin': 'cni' };
  return {
    'container-runtime': release.traits.containerRuntimeFlag ? 'remote' : undefined,
    'container-runtime-endpoint': usesInstanceFile(release) ? undefined : config.nodeRegistration.criSocket,
  };
}

/** Text between double quotes. `$` and printable characters of all scripts stay. */
function escape(text: string): string {
  return text.replaceAll(
    /["\\\p{Cc}]/gu,
    (character) => shortEscapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
