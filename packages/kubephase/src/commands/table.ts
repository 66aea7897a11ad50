/** Every command by its words: one line of text, and what completes it once a command line names it. */
import type { Command } from 'commander';
import { addFlags, type Candidate } from 'phaserunner/commander';
import type { Setting } from '../run/machine.ts';

/** Adds flags, arguments and the action. */
type Bind = (command: Command, setting: Setting) => void | Promise<void>;

export interface CommandEntry {
  readonly summary: string;
  readonly aliases?: readonly string[];
  /** For groups; other commands get theirs where they are completed. */
  readonly description?: string;
  readonly bind?: () => Promise<Bind>;
  readonly commands?: CommandTable;
}

export type CommandTable = Readonly<Record<string, CommandEntry>>;

/** Values that completion offers for flags that take others too, by name of the flag. */
export const flagCandidates = {
  'ignore-preflight-errors': async (): Promise<readonly Candidate[]> => [
    { word: 'all', text: 'every check' },
    ...(await (await import('./preflight/describe.ts')).checkCandidates()),
  ],
  output: async (): Promise<readonly Candidate[]> => (await import('./config/images.ts')).formatCandidates(),
} as const;

export const commandTable: CommandTable = {
  init: {
    summary: 'Set up a control plane node',
    bind: async () => {
      const [{ bindRun }, { command: init }] = await Promise.all([import('../run/bind.ts'), import('./init/workflow.ts')]);
      return (command, setting) => bindRun(command, init, setting);
    },
  },
  version: { summary: 'Print the version', bind: async () => (await import('./version.ts')).bindVersion },
  config: {
    summary: 'Print, check, convert and explain configuration files',
    description: 'Configuration files: print defaults, check, convert, and see what takes effect. Nothing here changes a cluster.',
    bind: async () => {
      const { groupFlags } = await import('../flags/config.ts');
      return (command) => addFlags(command, groupFlags);
    },
    commands: {
      images: {
        summary: 'List or pull the images of a control plane',
        commands: {
          list: {
            summary: 'Print the images that a control plane node needs',
            bind: async () => (await import('./config/images.ts')).bindImagesList,
          },
          pull: {
            summary: 'Pull the images that a control plane node needs',
            bind: async () => (await import('./config/images.ts')).bindImagesPull,
          },
        },
      },
      migrate: {
        summary: 'Convert a configuration file to the newest version',
        bind: async () => (await import('./config/migrate.ts')).bindMigrate,
      },
      print: {
        summary: 'Print configuration files with every default',
        commands: {
          'init-defaults': {
            summary: 'Print the defaults of init',
            bind: async () => (await import('./config/print.ts')).bindPrintInitDefaults,
          },
          'join-defaults': {
            summary: 'Print the defaults of join',
            bind: async () => (await import('./config/print.ts')).bindPrintJoinDefaults,
          },
          'reset-defaults': {
            summary: 'Print the defaults of reset',
            bind: async () => (await import('./config/print.ts')).bindPrintResetDefaults,
          },
          'upgrade-defaults': {
            summary: 'Print the defaults of upgrade',
            bind: async () => (await import('./config/print.ts')).bindPrintUpgradeDefaults,
          },
        },
      },
      show: {
        summary: 'Print the configuration that takes effect, and where each value comes from',
        bind: async () => (await import('./config/show.ts')).bindShow,
      },
      validate: {
        summary: 'Check a configuration file, and tell everything that is wrong with it',
        bind: async () => (await import('./config/validate.ts')).bindValidate,
      },
    },
  },
  preflight: {
    summary: 'List, run and explain the checks that init begins with',
    description: 'What `init` looks at before it changes the machine: which checks there are, what they are about, and how they turn out.',
    commands: {
      list: { summary: 'List the checks', bind: async () => (await import('./preflight/describe.ts')).bindPreflightList },
      run: {
        summary: 'Run the checks of init, and change nothing',
        bind: async () => (await import('./preflight/run.ts')).bindPreflightRun,
      },
      explain: {
        summary: 'Tell what a check looks at, why, and what to do about it',
        bind: async () => (await import('./preflight/describe.ts')).bindPreflightExplain,
      },
    },
  },
  certs: {
    summary: 'Handle certificates',
    aliases: ['certificates'],
    commands: {
      'certificate-key': {
        summary: 'Print a key for uploaded certificates',
        bind: async () => (await import('./generate.ts')).bindCertificateKey,
      },
    },
  },
  token: {
    summary: 'Handle bootstrap tokens',
    commands: {
      generate: { summary: 'Print a random bootstrap token', bind: async () => (await import('./generate.ts')).bindTokenGenerate },
    },
  },
  completion: {
    summary: 'Print a completion script for a shell',
    bind: async () => (await import('./completion.ts')).bindCompletion,
  },
};
