/** The range of IDs for system users, from /etc/login.defs. */
import { failure } from '../../problems/catalogue.ts';

export interface IdRange {
  readonly min: number;
  readonly max: number;
}

export interface LoginLimits {
  readonly uids: IdRange;
  readonly gids: IdRange;
}

/** Reads SYS_UID_MIN, SYS_UID_MAX, SYS_GID_MIN and SYS_GID_MAX; 100 to 999 where they are not set. */
export function readLoginLimits(text: string | undefined, file: string): LoginLimits {
  const limit = (name: string, otherwise: number): number => {
    const value = new RegExp(`^\\s*${name}\\s+(\\S+)`, 'm').exec(text ?? '')?.[1];
    if (value === undefined) return otherwise;
    if (/^\d+$/.test(value)) return Number(value);
    throw failure('USERS_INVALID', {
      summary: `${name} in ${file} is not a number: ${value}`,
      remedy: `Give ${name} a number, such as ${otherwise}.`,
      where: { file, field: name },
    });
  };
  return {
    uids: { min: limit('SYS_UID_MIN', 100), max: limit('SYS_UID_MAX', 999) },
    gids: { min: limit('SYS_GID_MIN', 100), max: limit('SYS_GID_MAX', 999) },
  };
}
