/** Where the kubelet and the components of the control plane tell of their health, as the files that they read have it. */
import type { JsonObject } from '../../config/types.ts';
import { joinHostPort } from '../../formats/net/address.ts';
import { readYaml } from '../../formats/yaml/read.ts';
import type { Files } from '../../host/port.ts';
import { failure } from '../../problems/catalogue.ts';
import { manifestResult } from '../../problems/results.ts';

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

export interface ComponentEndpoint {
  readonly component: string;
  readonly url: string;
}

/** What cannot be read from the manifests. */
interface EndpointDefaults {
  readonly advertiseAddress: string;
  readonly schedulerProbes: 'livez-readyz' | 'healthz';
}

/** A component's flag for the address, with the defaults that hold without flags. */
interface Component {
  readonly component: string;
  readonly addressFlag: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
}

/**
 * Returns the endpoints of API server, controller manager and scheduler.
 * @param directory folder of the static Pod manifests
 * @throws ProblemError `COMPONENT_MANIFEST_UNUSABLE`
 */
export async function readComponentEndpoints(
  files: Files,
  directory: string,
  defaults: EndpointDefaults,
): Promise<readonly ComponentEndpoint[]> {
  const found = await Promise.all(
    componentsOf(defaults).map(async (component) => {
      const file = `${directory}/${component.component}.yaml`;
      return { component, file, text: await files.readText(file) };
    }),
  );
  const absent = found.filter(({ text }) => text === undefined);
  if (absent.length > 0) throw manifestsMissing(absent);
  return found.map(({ component, file, text = '' }) => endpointOf(component, commandOf(text, file, component)));
}

function componentsOf({ advertiseAddress, schedulerProbes }: EndpointDefaults): readonly Component[] {
  const local = { addressFlag: 'bind-address', address: '127.0.0.1' };
  return [
    { component: 'kube-apiserver', addressFlag: 'advertise-address', address: advertiseAddress, port: 6443, path: '/livez' },
    { component: 'kube-controller-manager', ...local, port: 10_257, path: '/healthz' },
    { component: 'kube-scheduler', ...local, port: 10_259, path: schedulerProbes === 'healthz' ? '/healthz' : '/livez' },
  ];
}

function endpointOf({ component, addressFlag, address, port, path }: Component, command: readonly string[]): ComponentEndpoint {
  const host = flagValue(command, addressFlag) ?? address;
  return { component, url: `https://${joinHostPort(host, Number(flagValue(command, 'secure-port') ?? port))}${path}` };
}

/** The last one counts, as it does for the component. */
function flagValue(command: readonly string[], name: string): string | undefined {
  const pattern = new RegExp(`^--?${name}[= ](.+)$`);
  return command.map((word) => pattern.exec(word)?.[1]).findLast((value) => value !== undefined);
}

interface Pod {
  readonly spec?: { readonly containers?: readonly { readonly command?: readonly string[]; readonly args?: readonly string[] }[] };
}

function commandOf(text: string, file: string, component: Component): readonly string[] {
  const document = readYaml(text);
  if ('fault' in document) throw unusable(component, file, `it is not YAML: ${document.fault}`);
  const containers = (document.data as Pod | null)?.spec?.containers ?? [];
  const container = containers.find(({ command }) => command?.[0] === component.component);
  if (container === undefined) throw unusable(component, file, `it has no container with the command ${component.component}`);
  return [...(container.command ?? []), ...(container.args ?? [])];
}

function manifestsMissing(absent: readonly { readonly component: Component; readonly file: string }[]): Error {
  const [first, ...others] = absent.map(({ file }) => file);
  return failure('COMPONENT_MANIFEST_UNUSABLE', {
    summary: `there is no manifest ${[first, ...others].join(', ')}`,
    detail: `What answers, and where, stands in ${others.length === 0 ? 'it' : 'them'}.`,
    remedy: `Write ${others.length === 0 ? 'it' : 'them'}.`,
    make: absent.map(({ component: { component } }) => manifestResult(component)),
    ...(first === undefined || others.length > 0 ? {} : { where: { file: first } }),
  });
}

function unusable({ component }: Component, file: string, detail: string): Error {
  return failure('COMPONENT_MANIFEST_UNUSABLE', {
    summary: `${file} does not tell where its component answers`,
    detail,
    remedy: 'Write it again.',
    make: manifestResult(component),
    where: { file },
  });
}
