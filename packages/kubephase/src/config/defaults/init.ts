/** Completes what was given for `init`. What cannot be completed is reported and gets a stand-in, so that rules see the rest. */
import type { FlagValues } from 'phaserunner';
import type { ResolvedRelease } from '../../releases/release.ts';
import { completeKubeProxy } from '../components/kube-proxy.ts';
import { completeKubelet } from '../components/kubelet.ts';
import type { InitInput } from '../input.ts';
import type { InitRequest } from '../request.ts';
import type { InitConfig } from '../types.ts';
import type { GivenInit } from '../v1beta4/init-configuration.ts';
import { completeAdvertiseAddress } from './advertise-address.ts';
import { completeCluster } from './cluster.ts';
import { completeNodeRegistration } from './node-registration.ts';
import { completeTimeouts } from './timeouts.ts';
import { completeTokens } from './tokens.ts';
import type { Tools } from './tools.ts';
import { defaults, textOr } from './values.ts';
import { resolveTarget } from './version.ts';

export interface CompletedInit {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
}

export async function completeInit(input: InitInput, request: InitRequest, tools: Tools): Promise<CompletedInit> {
  const { init } = input;
  const { reporter } = tools;
  const target = resolveTarget(input.cluster.kubernetesVersion, request.allowUnknownVersion === true, reporter);
  const { traits } = target.release;
  // Zero counts as absent, as in Go.
  const bindPort = init.localAPIEndpoint?.bindPort || defaults.bindPort;
  const cluster = completeCluster(input.cluster, { target, bindPort, reporter });
  const advertiseAddress = await completeAdvertiseAddress(init.localAPIEndpoint?.advertiseAddress, tools);
  const ignoredByFlag = listOf(request.flags, 'ignore-preflight-errors');
  const nodeRegistration = await completeNodeRegistration(init.nodeRegistration ?? {}, {
    traits,
    detectCriSocket: request.detectCriSocket,
    ignoredByFlag,
    tools,
  });
  const config = {
    ...completeChoices(init, request.flags),
    bootstrapTokens: completeTokens(init.bootstrapTokens, tools.host),
    nodeRegistration,
    localAPIEndpoint: { advertiseAddress, bindPort },
    timeouts: completeTimeouts(init.timeouts),
    cluster,
    kubelet: completeKubelet(input.kubelet, { cluster, traits, reporter }),
    kubeProxy: completeKubeProxy(input.kubeProxy, { cluster, advertiseAddress, traits, reporter }),
  };
  return { config, release: target.release };
}

type Choices = Pick<InitConfig, 'dryRun' | 'certificateKey' | 'skipPhases' | 'patchesDirectory'>;

/** Values that a flag beside the file may replace: the flag wins when it was given (a list: when it is not empty). */
function completeChoices(init: GivenInit, flags: FlagValues): Choices {
  const dryRun = flags['dry-run'];
  const skipped = listOf(flags, 'skip-phases');
  const certificateKey = textOr(init.certificateKey, '');
  const patchesDirectory = textOr(init.patches?.directory, '');
  return {
    dryRun: typeof dryRun === 'boolean' ? dryRun : (init.dryRun ?? false),
    skipPhases: skipped.length > 0 ? skipped : (init.skipPhases ?? []),
    ...(certificateKey === '' ? {} : { certificateKey }),
    ...(patchesDirectory === '' ? {} : { patchesDirectory }),
  };
}

function listOf(flags: FlagValues, name: string): readonly string[] {
  const value = flags[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
