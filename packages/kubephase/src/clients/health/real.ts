/** Asks health endpoints over the network. */
import type { RequestOptions } from 'node:https';
import { failure } from '../../problems/catalogue.ts';
import { distrustOf } from '../untrusted.ts';
import type { HealthProbes, HealthRequest } from './port.ts';

/**
 * Requests go straight to the address: these endpoints are on this machine or its neighbours, where a proxy only stands in
 * the way. Redirects are not followed: the endpoints have none.
 */
export function createRealHealthProbes(): HealthProbes {
  return { status };
}

async function status(request: HealthRequest): Promise<number> {
  const url = new URL(request.url);
  const { request: send } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(unreachable(request, error));
    const sent = send(url, optionsFor(request), (response) => {
      response.once('error', fail);
      resolve(response.statusCode ?? 0);
      // The body is not needed, and it may have no end.
      sent.destroy();
    });
    sent.once('error', fail);
    sent.end();
  });
}

function optionsFor({ caPem, timeoutMs, signal }: HealthRequest): RequestOptions {
  const deadline = AbortSignal.timeout(timeoutMs);
  return {
    // A connection of its own: nothing stays open when the probe is answered.
    agent: false,
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    ...(caPem === undefined ? { rejectUnauthorized: false } : { ca: caPem }),
  };
}

function unreachable({ component, url, timeoutMs, signal }: HealthRequest, cause: Error): Error {
  if (distrustOf(cause) !== undefined) {
    return failure('HEALTH_UNTRUSTED', {
      summary: `what answers at ${url} is not the ${component} of this cluster`,
      detail: cause.message,
      remedy: 'See what listens at that address, and whether the clock of this machine is right.',
      where: { object: component },
      cause,
    });
  }
  const aborted = signal?.aborted === true ? 'the run was stopped' : `no answer within ${Math.round(timeoutMs)} ms`;
  return failure('HEALTH_UNREACHABLE', {
    summary: `${component} does not answer at ${url}`,
    detail: cause.name === 'AbortError' ? aborted : cause.message,
    remedy: `See whether ${component} runs and listens at that address.`,
    where: { object: component },
    cause,
  });
}
