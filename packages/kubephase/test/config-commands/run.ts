/** Runs `config …` in this process, on a machine in memory. */
import type { MemoryHostOptions } from '../../src/host/memory/host.ts';
import { runCommandLine, type Ended, type Surroundings as Machine } from '../fixtures/command-line.ts';

/** One interface, on the default route. */
const machine: MemoryHostOptions = {
  hostName: 'Host-1',
  routes: [{ family: 4, interface: 'eth0' }],
  interfaces: [{ name: 'eth0', up: true, loopback: false, pointToPoint: false, addresses: ['192.0.2.10'] }],
};

export interface Surroundings extends Machine {
  readonly files?: NonNullable<MemoryHostOptions['files']>;
}

/** @param words words behind `config` */
export function runConfig(words: readonly string[], { files = {}, ...surroundings }: Surroundings = {}): Promise<Ended> {
  return runCommandLine(['config', ...words], { ...surroundings, machine: { ...machine, ...surroundings.machine, files } });
}
