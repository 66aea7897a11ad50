/** Checks `FileContent-…`: a setting of the kernel is switched on. */
import { pathCheckName, type Check } from './check.ts';

/** Looks for `1` at the start of the file at `path`, which `setting` (a name for sysctl) controls. */
export function settingIsOn(path: string, setting: string): Check {
  const remedy = `Switch it on: sysctl -w ${setting}=1.`;
  return {
    name: pathCheckName('FileContent', path),
    severity: 'error',
    run: async ({ host }) => {
      const content = await host.files.readText(path);
      if (content === undefined) return [{ summary: `${path} does not exist`, remedy }];
      return content.startsWith('1') ? [] : [{ summary: `${path} does not hold 1`, remedy }];
    },
  };
}
