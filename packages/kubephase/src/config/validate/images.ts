/** Rules for image repositories. */
import type { Rule, Violation } from './rule.ts';

const at = 'ClusterConfiguration';

/** Of a reference without tag, in characters. */
const maxLength = 255;
const domainPart = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::\\d+)?`;
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';

/** What may stand before `/name:tag` of an image: a registry with folders, or folders. */
const repository = new RegExp(`^(?:${domain}(?:/${component})*|${component}(?:/${component})*)$`);

export const imageRules: readonly Rule[] = [
  {
    name: 'image-repositories',
    check: ({ config: { cluster } }) => [
      ...badRepository(`${at}.imageRepository`, cluster.imageRepository),
      ...badRepository(`${at}.dns.imageRepository`, cluster.dns.imageRepository),
      ...badRepository(`${at}.etcd.local.imageRepository`, cluster.etcd.local?.imageRepository),
    ],
  },
];

function badRepository(field: string, value: string | undefined): readonly Violation[] {
  if (value === undefined || (value.length <= maxLength && repository.test(value))) return [];
  return [{ field, value, detail: 'invalid image repository format: host[:port][/path], without scheme, tag or slash at the end' }];
}
