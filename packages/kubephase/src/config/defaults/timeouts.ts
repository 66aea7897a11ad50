/** The waits of a workflow with their defaults. */
import { parseDuration } from '../../formats/duration/duration.ts';
import type { Timeouts } from '../types.ts';
import type { GivenTimeouts } from '../v1beta4/parts.ts';

const minuteMs = 60_000;

/** Each member is defaulted on its own; zero and negative values are kept. */
export function completeTimeouts(given: GivenTimeouts | null | undefined): Timeouts {
  return {
    controlPlaneComponentHealthCheckMs: durationOr(given?.controlPlaneComponentHealthCheck, 4 * minuteMs),
    kubeletHealthCheckMs: durationOr(given?.kubeletHealthCheck, 4 * minuteMs),
    kubernetesAPICallMs: durationOr(given?.kubernetesAPICall, minuteMs),
    etcdAPICallMs: durationOr(given?.etcdAPICall, 2 * minuteMs),
    tlsBootstrapMs: durationOr(given?.tlsBootstrap, 5 * minuteMs),
    discoveryMs: durationOr(given?.discovery, 5 * minuteMs),
    upgradeManifestsMs: durationOr(given?.upgradeManifests, 5 * minuteMs),
  };
}

/** Milliseconds of a duration that the schema accepted. */
export function durationOr(text: string | null | undefined, otherwiseMs: number): number {
  return text === null || text === undefined ? otherwiseMs : (parseDuration(text) ?? otherwiseMs);
}
