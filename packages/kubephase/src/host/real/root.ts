/** The directory that counts as `/`. */
import { realpathSync, statSync } from 'node:fs';
import { failure } from '../../problems/catalogue.ts';
import { isSystemError } from '../files/disk.ts';

/**
 * Returns the directory without symbolic links; empty for the root of the machine.
 * @throws ProblemError `ROOTFS_INVALID`
 */
export function rootFrom(rootfs: string | undefined): string {
  if (rootfs === undefined) return '';
  try {
    const root = realpathSync(rootfs);
    if (!statSync(root).isDirectory()) throw rootfsInvalid(rootfs, 'it is not a directory');
    return root === '/' ? '' : root;
  } catch (error) {
    throw isSystemError(error) ? rootfsInvalid(rootfs, error.message, { cause: error }) : error;
  }
}

/** The error for a directory that cannot count as `/`. */
export function rootfsInvalid(rootfs: string, detail: string, more: { readonly remedy?: string; readonly cause?: Error } = {}): Error {
  return failure('ROOTFS_INVALID', {
    summary: `cannot use ${rootfs} as the root directory`,
    detail,
    remedy: 'Give --rootfs an existing directory.',
    where: { object: '--rootfs' },
    ...more,
  });
}
