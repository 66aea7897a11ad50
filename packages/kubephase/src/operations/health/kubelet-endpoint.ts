/** Where the kubelet of this machine tells of its health. */
import type { JsonObject } from '../../config/types.ts';
import { joinHostPort } from '../../formats/net/address.ts';
import { readYaml } from '../../formats/yaml/read.ts';
import type { Files } from '../../host/port.ts';

/**
 * Returns the URL, or undefined when the kubelet has its health endpoint switched off. The file that the kubelet
 * reads counts, because patches may have changed it; without it the configuration of the run does.
 * @param configured KubeletConfiguration of the run
 */
export async function readKubeletEndpoint(files: Files, file: string, configured: JsonObject): Promise<string | undefined> {
  const text = await files.readText(file);
  const document = text === undefined ? undefined : readYaml(text);
  const onDisk = document === undefined || 'fault' in document ? undefined : (document.data as JsonObject | null);
  const { healthzBindAddress: address, healthzPort: port } = onDisk ?? configured;
  if (port === 0) return undefined;
  return `http://${joinHostPort(typeof address === 'string' ? address : '127.0.0.1', typeof port === 'number' ? port : 10_248)}/healthz`;
}
