/** Checks `FileAvailable-…`: nothing is where a file is going to be written. */
import { pathCheckName, type Check } from './check.ts';

export function fileAvailable(path: string): Check {
  return {
    name: pathCheckName('FileAvailable', path),
    severity: 'error',
    about: `Looks whether ${path} is free, so that nothing of an earlier run is mixed with this one. Remove it, or reset the node.`,
    run: async ({ host }) => {
      if ((await host.files.status(path)) === undefined) return [];
      return [{ summary: `${path} already exists`, remedy: 'It is left from an earlier run: remove it, or reset the node.' }];
    },
  };
}
