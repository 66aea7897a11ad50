/** Completes what was given for `join`. What cannot be completed is reported and gets a stand-in, so that rules see the rest. */
import { newestRelease } from '../../releases/index.ts';
import type { JoinConfig, JoinControlPlane } from '../types.ts';
import type { GivenJoin } from '../v1beta4/join-configuration.ts';
import { completeAdvertiseAddress } from './advertise-address.ts';
import { completeDiscovery } from './discovery.ts';
import { completeNodeRegistration } from './node-registration.ts';
import { completeTimeouts } from './timeouts.ts';
import type { Tools } from './tools.ts';
import { defaults, textOr } from './values.ts';

const kind = 'JoinConfiguration';

export async function completeJoin(given: GivenJoin, detectCriSocket: boolean, tools: Tools): Promise<JoinConfig> {
  const controlPlane = await completeControlPlane(given.controlPlane, tools);
  const patchesDirectory = textOr(given.patches?.directory, '');
  return {
    dryRun: given.dryRun ?? false,
    nodeRegistration: await completeNodeRegistration(given.nodeRegistration ?? {}, {
      field: [kind, 'nodeRegistration'],
      taintKeys: controlPlane === undefined ? [] : newestRelease().traits.controlPlaneTaints,
      detectCriSocket,
      tools,
    }),
    caCertPath: textOr(given.caCertPath, defaults.caCertPath),
    discovery: await completeDiscovery(given.discovery, tools),
    ...(controlPlane === undefined ? {} : { controlPlane }),
    skipPhases: given.skipPhases ?? [],
    ...(patchesDirectory === '' ? {} : { patchesDirectory }),
    timeouts: completeTimeouts(given.timeouts),
  };
}

async function completeControlPlane(given: GivenJoin['controlPlane'], tools: Tools): Promise<JoinControlPlane | undefined> {
  if (given === null || given === undefined) return undefined;
  const { advertiseAddress, bindPort } = given.localAPIEndpoint ?? {};
  const field = [kind, 'controlPlane', 'localAPIEndpoint', 'advertiseAddress'];
  const certificateKey = textOr(given.certificateKey, '');
  return {
    localAPIEndpoint: {
      advertiseAddress: await completeAdvertiseAddress({ given: advertiseAddress, field }, tools),
      // Zero counts as absent, as in Go.
      bindPort: bindPort || defaults.bindPort,
    },
    ...(certificateKey === '' ? {} : { certificateKey }),
  };
}
