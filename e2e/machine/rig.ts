/** A rig is what one run has on this machine: a number, a bridge, a folder, nodes. Several runs may have one each. */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import { rigs, scripts } from './settings.ts';

export interface Rig {
  /** 0 to 99. */
  readonly number: number;
  readonly folder: string;
}

/** In canonical text. */
export interface Addresses {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** Removes rigs whose process is gone, then takes a free number for this process and makes the bridge. */
export async function claimRig(): Promise<Rig> {
  mkdirSync(rigs, { recursive: true });
  await command(['sh', join(scripts, 'clean-up.sh'), rigs]);
  const draft = mkdtempSync(join(rigs, 'new-'));
  writeFileSync(join(draft, 'owner'), `${process.pid} ${startTime(process.pid)}\n`);
  for (const part of ['nodes', 'hosts']) mkdirSync(join(draft, part));
  for (let number = 0; number < 100; number += 1) {
    const rig = { number, folder: join(rigs, String(number)) };
    if (!isMoved(draft, rig.folder)) continue;
    await makeBridge(rig);
    return rig;
  }
  rmSync(draft, { recursive: true });
  throw new Error(`all rigs are taken: ${rigs}`);
}

export async function removeRig({ number }: Rig): Promise<void> {
  await command(['sh', join(scripts, 'clean-up.sh'), rigs, String(number)]);
}

/** Of the rig's network; `host` 1 is this machine. */
export function addressesOf({ number }: Rig, host: number): Addresses {
  return { ipv4: `10.123.${number}.${host}`, ipv6: `fd00:123:${(number + 1).toString(16)}::${host.toString(16)}` };
}

export function bridgeOf({ number }: Rig): string {
  return `kpe2e${number}`;
}

async function makeBridge(rig: Rig): Promise<void> {
  const bridge = bridgeOf(rig);
  const { ipv4, ipv6 } = addressesOf(rig, 1);
  const lines = [
    `link add ${bridge} type bridge`,
    `addr add ${ipv4}/24 dev ${bridge}`,
    `addr add ${ipv6}/64 dev ${bridge} nodad`,
    `link set ${bridge} up`,
  ];
  await command(['ip', '-batch', '-'], lines.join('\n'));
}

/** Renaming is one step: of two runs only one gets the folder. */
function isMoved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')) return false;
    throw error;
  }
}

/** Clock ticks since boot. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function startTime(pid: number): string {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return fields[19] ?? '';
}
