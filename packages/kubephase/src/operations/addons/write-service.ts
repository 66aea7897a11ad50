/** Writes a Service that asks for a fixed address. */
import { problemsOf } from 'phaserunner';
import type { KubeApi, KubeObject } from '../../clients/kube/port.ts';

/** The API server answers "invalid" instead of "exists" when the Service's own address is taken: by the Service itself. */
const mayExist: ReadonlySet<string> = new Set(['KUBE_ALREADY_EXISTS', 'KUBE_INVALID']);

/** Creates the Service or replaces it. One try each. */
export async function writeService(kube: KubeApi, service: KubeObject): Promise<void> {
  try {
    await kube.create(service);
  } catch (error) {
    if (!mayExist.has(problemsOf(error, 'KUBE_REQUEST_FAILED')[0].code)) throw error;
    await kube.replace(service);
  }
}
