/** Where the components of the control plane tell of their health, as their static Pod manifests have it. */
import { joinHostPort } from '../../formats/net/address.ts';
import { readYaml } from '../../formats/yaml/read.ts';
import type { Files } from '../../host/port.ts';
import { failure } from '../../problems/catalogue.ts';

export interface ComponentEndpoint {
  readonly component: string;
  readonly url: string;
}

/** What cannot be read from the manifests. */
export interface EndpointDefaults {
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
  return Promise.all(
    componentsOf(defaults).map(async (component) => {
      const file = `${directory}/${component.component}.yaml`;
      const text = await files.readText(file);
      if (text === undefined) throw unusable(file, 'it does not exist');
      return endpointOf(component, commandOf(text, file, component.component));
    }),
  );
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

function commandOf(text: string, file: string, component: string): readonly string[] {
  const document = readYaml(text);
  if ('fault' in document) throw unusable(file, `it is not YAML: ${document.fault}`);
  const containers = (document.data as Pod | null)?.spec?.containers ?? [];
  const container = containers.find(({ command }) => command?.[0] === component);
  if (container === undefined) throw unusable(file, `it has no container with the command ${component}`);
  return [...(container.command ?? []), ...(container.args ?? [])];
}

function unusable(file: string, detail: string): Error {
  return failure('COMPONENT_MANIFEST_UNUSABLE', {
    summary: `${file} does not tell where its component answers`,
    detail,
    remedy: 'Write it again with kubephase init phase control-plane all.',
    where: { file },
  });
}
