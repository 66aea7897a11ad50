/** Runs `config …` in this process, on a machine in memory. */
import { runProgram } from 'phaserunner/commander';
import { createMemoryRuntime, type MemoryRuntime, type MemoryRuntimeOptions } from '../../src/clients/cri/memory.ts';
import type { ReleaseLabels } from '../../src/clients/releases/port.ts';
import { createMemoryHost, type MemoryHost, type MemoryHostOptions } from '../../src/host/memory/host.ts';
import { exitCodeOf } from '../../src/problems/catalogue.ts';
import { maskMessage } from '../../src/problems/secrets.ts';
import type { ProgramName } from '../../src/product.ts';
import { createProgram } from '../../src/program.ts';

/** One interface, on the default route. */
const machine: MemoryHostOptions = {
  hostName: 'Host-1',
  routes: [{ family: 4, interface: 'eth0' }],
  interfaces: [{ name: 'eth0', up: true, loopback: false, pointToPoint: false, addresses: ['192.0.2.10'] }],
};

export interface Surroundings {
  readonly files?: NonNullable<MemoryHostOptions['files']>;
  /** What comes through a pipe; `terminal` when a person would have to type it. Absent: standard input is closed. */
  readonly stdin?: string;
  readonly terminal?: boolean;
  readonly machine?: MemoryHostOptions;
  readonly runtime?: MemoryRuntimeOptions;
  readonly program?: ProgramName;
  /** Where version labels are looked up; nowhere when it is absent. */
  readonly labels?: ReleaseLabels;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly host: MemoryHost;
  readonly runtime: MemoryRuntime;
  /** Sockets at which a runtime was asked for. */
  readonly sockets: readonly string[];
}

const unused = () => Promise.reject(new Error('no command of config asks for this'));

/** @param words words behind `config` */
export async function runConfig(words: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  const { stdin, terminal, labels, files = {}, program: name = 'kubephase' } = surroundings;
  const host = createMemoryHost({ ...machine, ...surroundings.machine, files });
  const runtime = createMemoryRuntime(surroundings.runtime);
  const sockets: string[] = [];
  const program = createProgram(name, {
    openHost: async () => host,
    openRuntime: async (socket) => {
      sockets.push(socket);
      return runtime;
    },
    openHealth: unused,
    kubeOpener: unused,
    openLocks: unused,
    ...(labels === undefined ? {} : { openLabels: async () => labels }),
  });
  const out = { stdout: '', stderr: '' };
  const code = await runProgram(program, ['config', ...words], {
    io: {
      stdout: { write: (text) => void (out.stdout += text) },
      stderr: { write: (text) => void (out.stderr += text) },
      environment: {},
      ...(stdin === undefined && terminal !== true ? {} : { stdin: { isTTY: terminal === true, readText: async () => stdin ?? '' } }),
    },
    signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
    exitCodeOf,
    redact: maskMessage,
  });
  return { code, ...out, host, runtime, sockets };
}
