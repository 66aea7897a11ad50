/** `config` on the command line: its sub-commands by name and one-line text; each is completed when it is named. */
import type { Command } from 'commander';
import { addFlags, whenReached } from 'phaserunner/commander';
import { groupFlags } from '../../flags/config.ts';
import { realMachine, type Machine, type Setting } from './machine.ts';

type Bind = (command: Command, setting: Setting) => void;

interface Entry {
  readonly summary: string;
  readonly bind?: () => Promise<Bind>;
  readonly commands?: Entries;
}

type Entries = Readonly<Record<string, Entry>>;

const images: Entries = {
  list: {
    summary: 'Print the images that a control plane node needs',
    bind: async () => (await import('./images/list.ts')).bindImagesList,
  },
  pull: {
    summary: 'Pull the images that a control plane node needs',
    bind: async () => (await import('./images/pull.ts')).bindImagesPull,
  },
};

const print: Entries = {
  'init-defaults': {
    summary: 'Print the defaults of init',
    bind: async () => (await import('./print/init-defaults.ts')).bindPrintInitDefaults,
  },
  'join-defaults': {
    summary: 'Print the defaults of join',
    bind: async () => (await import('./print/join-defaults.ts')).bindPrintJoinDefaults,
  },
  'reset-defaults': {
    summary: 'Print the defaults of reset',
    bind: async () => (await import('./print/reset-defaults.ts')).bindPrintResetDefaults,
  },
  'upgrade-defaults': {
    summary: 'Print the defaults of upgrade',
    bind: async () => (await import('./print/upgrade-defaults.ts')).bindPrintUpgradeDefaults,
  },
};

const entries: Entries = {
  images: { summary: 'List or pull the images of a control plane', commands: images },
  migrate: {
    summary: 'Convert a configuration file to the newest version',
    bind: async () => (await import('./migrate.ts')).bindMigrate,
  },
  print: { summary: 'Print configuration files with every default', commands: print },
  show: {
    summary: 'Print the configuration that takes effect, and where each value comes from',
    bind: async () => (await import('./show.ts')).bindShow,
  },
  validate: {
    summary: 'Check a configuration file, and tell everything that is wrong with it',
    bind: async () => (await import('./validate.ts')).bindValidate,
  },
};

/** Completes the command `config`. */
export function bindConfig(command: Command, program: string, machine: Machine = realMachine): void {
  command.description('Configuration files: print defaults, check, convert, and see what takes effect. Nothing here changes a cluster.');
  addFlags(command, groupFlags);
  addEntries(command, entries, { program, machine });
}

function addEntries(parent: Command, children: Entries, setting: Setting): void {
  for (const [name, { summary, bind, commands }] of Object.entries(children)) {
    const command = parent.command(name).summary(summary);
    if (commands !== undefined) addEntries(command, commands, setting);
    if (bind !== undefined) whenReached(command, async () => (await bind())(command, setting));
  }
}
