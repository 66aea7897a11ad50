/** A machine on which everything seems to happen and nothing does, but for files in a directory of their own. */
import type { Host } from '../port.ts';
import { createDryRunFiles } from './files.ts';
import type { Redirect } from './reads.ts';

/** Returns a host that answers like `base` and changes only what `redirect` points to. */
export function createDryRunHost(base: Host, options: { readonly redirect: Redirect }): Host {
  return {
    ...base,
    files: createDryRunFiles(base.files, options.redirect),
    services: { ...base.services, stop: async () => undefined, restart: async () => undefined },
    mounts: { ...base.mounts, unmount: async () => undefined },
    // Nothing that a rehearsal does needs the rights of root.
    privileged: true,
  };
}
