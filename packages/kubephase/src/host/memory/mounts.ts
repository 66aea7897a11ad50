/** A table of mounts in memory. */
import { failure } from '../../problems/catalogue.ts';
import { notAbsolute } from '../files/failure.ts';
import type { Mount, Mounts } from '../port.ts';

export interface MemoryMount extends Mount {
  /** Something uses it: only a lazy unmount works. */
  readonly busy?: boolean;
}

/** @param first undefined for a machine that shows no table of mounts */
export function createMemoryMounts(first: readonly MemoryMount[] | undefined): Mounts {
  let table = first;
  return {
    list: async () => table?.map(({ busy: _busy, ...mount }) => mount),
    unmount: async (path, { lazy = false } = {}) => {
      if (!path.startsWith('/')) throw notAbsolute(path);
      const topmost = table?.findLast((mount) => mount.path === path);
      if (topmost?.busy === true && !lazy) {
        throw failure('UNMOUNT_FAILED', { summary: `cannot unmount ${path}`, detail: 'target is busy.', where: { file: path } });
      }
      table = table?.filter((mount) => mount !== topmost);
    },
  };
}
