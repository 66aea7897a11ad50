/** Prints the objects of an add-on for users who install them by other means. */
import type { ClusterObject } from '../../core/cluster-objects/object.ts';
import { printYaml } from '../../formats/yaml/print.ts';

/** Returns YAML with a line `---` before each document. */
export function printManifests(objects: readonly ClusterObject[]): string {
  return objects.map((object) => `---\n${printYaml(object)}`).join('');
}
