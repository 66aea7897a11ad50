/** Checks `DirAvailable-…`: a directory is missing or empty. */
import { pathCheckName, type Check } from './check.ts';

export function dirAvailable(path: string): Check {
  return {
    name: pathCheckName('DirAvailable', path),
    severity: 'error',
    about: `Looks whether ${path} is missing or empty, as a new etcd takes no foreign data. Move what is there away, or reset the node.`,
    run: async ({ host }) => {
      const entries = await host.files.list(path);
      if (entries === undefined || entries.length === 0) return [];
      return [{ summary: `${path} is not empty`, remedy: 'It holds data of an earlier run: move it away, or reset the node.' }];
    },
  };
}
