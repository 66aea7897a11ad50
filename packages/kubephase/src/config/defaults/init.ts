/** Completes what was given for `init`. What cannot be completed is reported and gets a stand-in, so that rules see the rest. */
import type { ResolvedRelease } from '../../releases/release.ts';
import { completeKubeProxy } from '../components/kube-proxy.ts';
import { completeKubelet } from '../components/kubelet.ts';
import type { InitInput } from '../input.ts';
import type { LoadOptions } from '../request.ts';
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

const addressField = ['InitConfiguration', 'localAPIEndpoint', 'advertiseAddress'];

export interface CompletedInit {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
}

export async function completeInit(input: InitInput, options: LoadOptions, tools: Tools): Promise<CompletedInit> {
  const { init } = input;
  const { reporter } = tools;
  const target = await resolveTarget(input.cluster.kubernetesVersion, {
    allowUnknown: options.allowUnknownVersion === true,
    labels: options.labels,
    reporter,
  });
  const { traits } = target.release;
  // Zero counts as absent, as in Go.
  const bindPort = init.localAPIEndpoint?.bindPort || defaults.bindPort;
  const cluster = completeCluster(input.cluster, { target, bindPort, reporter });
  const advertiseAddress = await completeAdvertiseAddress({ given: init.localAPIEndpoint?.advertiseAddress, field: addressField }, tools);
  const nodeRegistration = await completeNodeRegistration(init.nodeRegistration ?? {}, {
    field: ['InitConfiguration', 'nodeRegistration'],
    taintKeys: traits.controlPlaneTaints,
    detectCriSocket: options.detectCriSocket,
    tools,
  });
  const config = {
    ...completeChoices(init),
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

function completeChoices(init: GivenInit): Choices {
  const certificateKey = textOr(init.certificateKey, '');
  const patchesDirectory = textOr(init.patches?.directory, '');
  return {
    dryRun: init.dryRun ?? false,
    skipPhases: init.skipPhases ?? [],
    ...(certificateKey === '' ? {} : { certificateKey }),
    ...(patchesDirectory === '' ? {} : { patchesDirectory }),
  };
}
