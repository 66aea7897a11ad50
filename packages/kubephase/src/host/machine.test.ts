import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createDryRunHost } from './dry-run/host.ts';
import { machineCases, type MachineExceptions, type MachineSetup, type MakeMachine } from './machine.cases.ts';
import { createMemoryHost } from './memory/host.ts';
import type { CommandResult } from './port.ts';
import { createRealHost } from './real/host.ts';

const shellWord = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Writes one script for each program, with a branch for each command line. */
function writePrograms(folder: string, answers: Readonly<Record<string, CommandResult>>): void {
  for (const name of new Set(Object.keys(answers).map((line) => line.replace(/ .*/, '')))) {
    const branches = Object.entries(answers)
      .filter(([line]) => line.startsWith(`${name} `))
      .map(([line, { stdout, stderr, exitCode }]) => {
        const print = `printf %s ${shellWord(stdout)}; printf %s ${shellWord(stderr)} >&2; exit ${exitCode}`;
        return `${shellWord(line.slice(name.length + 1))}) ${print} ;;`;
      });
    writeFileSync(join(folder, name), `#!/bin/sh\ncase "$*" in\n${branches.join('\n')}\nesac\n`);
    chmodSync(join(folder, name), 0o755);
  }
}

function mountAll(rootfs: string, { mounts = [] }: MachineSetup): void {
  for (const path of mounts) {
    mkdirSync(join(rootfs, path), { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', 'kubephase-test', join(rootfs, path)], { stdio: 'ignore' });
  }
}

function unmountAll(rootfs: string, { mounts = [] }: MachineSetup): void {
  for (const path of mounts) {
    // Most cases have unmounted it themselves.
    const script = 'if mountpoint -q "$0"; then umount -l "$0"; fi';
    execFileSync('sh', ['-c', script, join(rootfs, path)], { stdio: 'ignore' });
  }
}

function writeFiles(rootfs: string, { names = {}, logs = {} }: MachineSetup): void {
  for (const folder of ['etc', 'var/log', 'bin']) mkdirSync(join(rootfs, folder), { recursive: true });
  writeFileSync(
    join(rootfs, 'etc/hosts'),
    Object.entries(names)
      .map(([name, address]) => `${address}\t${name}\n`)
      .join(''),
  );
  // Nothing answers there, so no test asks the name servers of the machine.
  writeFileSync(join(rootfs, 'etc/resolv.conf'), 'nameserver 127.0.0.1\n');
  for (const [service, lines] of Object.entries(logs)) writeFileSync(join(rootfs, 'var/log', `${service}.log`), `${lines.join('\n')}\n`);
}

async function listen(): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** Everything below a root prefix but the programs, which are not run there. */
const makeRealMachine: MakeMachine = async (setup) => {
  const rootfs = realpathSync(mkdtempSync(join(tmpdir(), 'kubephase-machine-')));
  writeFiles(rootfs, setup);
  writePrograms(join(rootfs, 'bin'), setup.answers ?? {});
  mountAll(rootfs, setup);
  const server = setup.listening === true ? await listen() : undefined;
  const { programs } = createRealHost({ environment: { PATH: join(rootfs, 'bin') } });
  return {
    host: { ...createRealHost({ rootfs, environment: process.env }), programs },
    ...(server === undefined
      ? {}
      : { listener: { port: server.port, pid: process.pid, program: basename(realpathSync(process.execPath)) } }),
    dispose: () => {
      server?.close();
      unmountAll(rootfs, setup);
      rmSync(rootfs, { recursive: true, force: true });
    },
  };
};

const makeMemoryMachine: MakeMachine = ({ answers = {}, mounts, names = {}, logs = {}, listening }) => {
  const listener = { pid: 812, program: 'kube-controller-manager' };
  const host = createMemoryHost({
    programs: answers,
    ...(mounts === undefined
      ? {}
      : { mounts: mounts.map((path) => ({ source: 'none', path, type: 'tmpfs', options: ['rw', 'relatime'] })) }),
    names: Object.fromEntries(Object.entries(names).map(([name, address]) => [name, [address]])),
    services: { logs },
    ...(listening === true ? { listeners: { 6443: listener } } : {}),
  });
  return { host, ...(listening === true ? { listener: { ...listener, port: 6443 } } : {}) };
};

const dryRunOf =
  (make: MakeMachine): MakeMachine =>
  async (setup) => {
    const machine = await make(setup);
    return { ...machine, host: createDryRunHost(machine.host, { redirect: () => undefined }) };
  };

/** Only root may mount, and in many containers not even root. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'kubephase-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'kubephase-test', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const needsMounts: MachineExceptions = canMount()
  ? {}
  : {
      'lists mounts in their order, under the paths that users know': 'this machine refuses to mount',
      'ends one mount and leaves the others': 'this machine refuses to mount',
      'has nothing to do where nothing is mounted': 'this machine refuses to mount',
    };
const dryRunExceptions: MachineExceptions = {
  'ends one mount and leaves the others': 'a dry run unmounts nothing',
  'refuses mount points that are not absolute': 'a dry run unmounts nothing',
};

machineCases('the real machine', makeRealMachine, needsMounts);
machineCases('the machine in memory', makeMemoryMachine);
machineCases('a dry run over the real machine', dryRunOf(makeRealMachine), { ...needsMounts, ...dryRunExceptions });
machineCases('a dry run over the machine in memory', dryRunOf(makeMemoryMachine), dryRunExceptions);
