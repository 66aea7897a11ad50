/** What every host has to do beside files: programs, mounts, ports, names and logs. Each implementation runs these cases. */
import { afterEach, describe, expect, it } from 'vitest';
import { isProblemError } from 'phaserunner';
import type { CommandResult, Host, ListeningProcess } from './port.ts';

/** How the machine is when the case starts. */
export interface MachineSetup {
  /** Results by command line. */
  readonly answers?: Readonly<Record<string, CommandResult>>;
  /** Paths at which something is mounted. */
  readonly mounts?: readonly string[];
  /** Addresses by name, in the hosts file. */
  readonly names?: Readonly<Record<string, string>>;
  /** What services logged. */
  readonly logs?: Readonly<Record<string, readonly string[]>>;
  readonly listening?: boolean;
}

export interface MachineUnderTest {
  readonly host: Host;
  /** Present when something was to listen. */
  readonly listener?: ListeningProcess & { readonly port: number };
  readonly dispose?: () => Promise<void> | void;
}

export type MakeMachine = (setup: MachineSetup) => Promise<MachineUnderTest> | MachineUnderTest;

/** Names of cases that do not apply, each with the reason. */
export type MachineExceptions = Readonly<Partial<Record<MachineCase, string>>>;

const timeoutMs = 10_000;

/** A port that nothing on a test machine uses; the dynamic ones start at 32768. */
const unusedPort = 29_999;

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return isProblemError(error) ? error.problem.code : `not a problem: ${String(error)}`;
  }
}

const cases = {
  'finds the programs on PATH and no others': async (make) => {
    const { host } = await make({ answers: { 'kubelet --version': { exitCode: 0, stdout: '', stderr: '' } } });
    const path = await host.programs.find('kubelet');
    expect(path).toMatch(/^\/.*\/kubelet$/);
    expect(await host.programs.find(path!)).toBe(path);
    expect(await host.programs.find('conntrack')).toBeUndefined();
    expect(await host.programs.find('/none/kubelet')).toBeUndefined();
  },
  'gives back what a program printed and its exit code': async (make) => {
    const good: CommandResult = { exitCode: 0, stdout: 'Kubernetes v1.36.2\n', stderr: '' };
    const bad: CommandResult = { exitCode: 3, stdout: 'half\n', stderr: 'it failed\n' };
    const { host } = await make({ answers: { 'kubelet --version': good, 'kubelet --two words': bad } });
    expect(await host.programs.ask(['kubelet', '--version'], timeoutMs)).toEqual(good);
    expect(await host.programs.ask(['kubelet', '--two', 'words'], timeoutMs)).toEqual(bad);
  },
  'tells that a program is not there': async (make) => {
    const { host } = await make({});
    await expect(host.programs.ask(['kubelet', '--version'], timeoutMs)).rejects.toMatchObject({
      problem: { code: 'PROGRAM_FAILED', summary: expect.stringContaining('kubelet --version'), detail: 'kubelet is not on PATH' },
    });
  },
  'lists mounts in their order, under the paths that users know': async (make) => {
    const { host } = await make({ mounts: ['/data', '/with blank and \\'] });
    const mounts = (await host.mounts.list()) ?? [];
    expect(mounts.map(({ path, type }) => [path, type])).toEqual([
      ['/data', 'tmpfs'],
      ['/with blank and \\', 'tmpfs'],
    ]);
    expect(mounts[0]?.options).toContain('rw');
  },
  'ends one mount and leaves the others': async (make) => {
    const { host } = await make({ mounts: ['/data', '/with blank', '/data2'] });
    await host.mounts.unmount('/with blank');
    await host.mounts.unmount('/data', { lazy: true });
    expect((await host.mounts.list())?.map(({ path }) => path)).toEqual(['/data2']);
  },
  'has nothing to do where nothing is mounted': async (make) => {
    const { host } = await make({ mounts: ['/data'] });
    await host.mounts.unmount('/data/folder');
    await host.mounts.unmount('/none');
    expect(await host.mounts.list()).toHaveLength(1);
  },
  'refuses mount points that are not absolute': async (make) => {
    const { host } = await make({ mounts: [] });
    expect(await codeOf(host.mounts.unmount('data'))).toBe('PATH_NOT_ABSOLUTE');
  },
  'tells a port that is taken, and who has it': async (make) => {
    const { host, listener } = await make({ listening: true });
    const { port, ...process } = listener!;
    expect(await host.network.portFault(port)).toBe('EADDRINUSE');
    expect(await host.network.listener(port)).toEqual(process);
  },
  'leaves a free port free': async (make) => {
    const { host } = await make({ listening: true });
    expect(await host.network.listener(unusedPort)).toBeUndefined();
    expect(await host.network.portFault(unusedPort)).toBeUndefined();
    expect(await host.network.portFault(unusedPort)).toBeUndefined();
  },
  'resolves the names that the machine knows': async (make) => {
    const { host } = await make({ names: { cp1: '192.0.2.1', 'cp1.example.org': '2001:db8::1' } });
    expect(await host.network.lookUp('cp1', timeoutMs)).toEqual(['192.0.2.1']);
    expect(await host.network.lookUp('cp1.example.org', timeoutMs)).toEqual(['2001:db8::1']);
    expect(await host.network.lookUp('198.51.100.7', timeoutMs)).toEqual(['198.51.100.7']);
    await expect(host.network.lookUp('cp2', timeoutMs)).rejects.toMatchObject({
      problem: { code: 'NAME_NOT_FOUND', summary: 'the name cp2 cannot be resolved', where: { object: 'host cp2' } },
    });
  },
  'gives the last lines that a service logged': async (make) => {
    const { host } = await make({ logs: { kubelet: ['one', 'two', 'three'] } });
    expect(await host.services.log('kubelet', 2)).toEqual(['two', 'three']);
    expect(await host.services.log('kubelet', 9)).toEqual(['one', 'two', 'three']);
    expect(await host.services.log('kubelet', 0)).toEqual([]);
    expect(await host.services.log('containerd', 2)).toEqual([]);
  },
} satisfies Readonly<Record<string, (make: (setup: MachineSetup) => Promise<MachineUnderTest>) => Promise<void>>>;

export type MachineCase = keyof typeof cases;

/** Runs all cases on the machines that `makeMachine` makes. */
export function machineCases(name: string, makeMachine: MakeMachine, exceptions: MachineExceptions = {}): void {
  describe(name, () => {
    const disposals: NonNullable<MachineUnderTest['dispose']>[] = [];
    afterEach(async () => {
      for (const dispose of disposals.splice(0)) await dispose();
    });
    const make = async (setup: MachineSetup): Promise<MachineUnderTest> => {
      const machine = await makeMachine(setup);
      if (machine.dispose !== undefined) disposals.push(machine.dispose);
      return machine;
    };
    for (const [title, run] of Object.entries(cases)) {
      const reason = exceptions[title as MachineCase];
      if (reason === undefined) it(title, () => run(make));
      else it.skip(`${title} (${reason})`, () => undefined);
    }
  });
}
