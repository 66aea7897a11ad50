/** The kubelet's configuration file for this node. */
import type { JsonObject } from '../../config/types.ts';
import type { Mapping } from '../../formats/data/mapping.ts';

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
