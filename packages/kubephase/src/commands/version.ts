/** `version`: which program this is, and which Kubernetes releases it can deploy. */
import type { Command } from 'commander';
import { productVersion, referenceVersion, supportedRange, type ProgramName } from '../product.ts';

/** Forms that need no further module. */
type PlainFormat = 'text' | 'short' | 'json';

/** The module loads nothing else by itself: `version` is what start-up is measured with. */
export async function bindVersion(command: Command, { program }: { readonly program: ProgramName }): Promise<void> {
  const { addFlags, ioOf, readFlags } = await import('phaserunner/commander');
  addFlags(command, [outputFlag]);
  command.action(async () => {
    const { output } = readFlags(command).flags;
    const text = output === 'yaml' ? await versionYaml() : versionText(program, output === 'json' || output === 'short' ? output : 'text');
    ioOf(command).stdout.write(text);
  });
}

const outputFlag = {
  name: 'output',
  short: 'o',
  type: 'string',
  default: 'text',
  choices: ['text', 'short', 'json', 'yaml'],
  description: 'Form of the output',
} as const;

async function versionYaml(): Promise<string> {
  const { printYaml } = await import('../formats/yaml/print.ts');
  return printYaml(versionRecord());
}

/** What builds of Kubernetes say that nobody has stamped. */
const unstampedDate = '1970-01-01T00:00:00Z';

/** The record that `-o json` and `-o yaml` print; `clientVersion` has every field of kubeadm's, for programs that want them all. */
function versionRecord(): {
  readonly clientVersion: Readonly<Record<string, string>>;
  readonly kubephase: Readonly<Record<string, string>>;
} {
  const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(referenceVersion) ?? [];
  return {
    clientVersion: {
      major,
      minor,
      gitVersion: referenceVersion,
      gitCommit: '',
      gitTreeState: '',
      buildDate: unstampedDate,
      goVersion: '',
      compiler: process.versions['bun'] === undefined ? 'node' : 'bun',
      platform: `${process.platform}/${architecture()}`,
    },
    kubephase: { version: `v${productVersion}`, deploysFrom: supportedRange.first, deploysTo: supportedRange.last },
  };
}

/**
 * Text of `version`. Started as `kubeadm` it names the kubeadm release whose place it takes, because scripts compare it
 * with the version of the cluster.
 */
export function versionText(name: ProgramName, format: PlainFormat): string {
  if (format === 'json') return `${JSON.stringify(versionRecord(), undefined, 2)}\n`;
  const version = name === 'kubeadm' ? referenceVersion : `v${productVersion}`;
  if (format === 'short') return `${version}\n`;
  const { first, last } = supportedRange;
  const self = name === 'kubeadm' ? `kubephase v${productVersion}` : `in the manner of kubeadm ${referenceVersion}`;
  return `${name} version: ${version} (${self}, deploys Kubernetes ${first} to ${last})\n`;
}

/**
 * Answers the plain spellings of `version` without the command line parser, which would take longer than the answer.
 * Anything else (`--help`, misspelt flags, YAML) is undefined and goes through the parser.
 */
export function quickVersion(argv: readonly string[], name: ProgramName): string | undefined {
  const [command, ...rest] = argv;
  const format = rest.length === 0 ? 'text' : plainFormats[rest.join(' ').replace('--output', '-o').replace('=', ' ')];
  return command === 'version' && format !== undefined ? versionText(name, format) : undefined;
}

const plainFormats: Readonly<Record<string, PlainFormat>> = { '-o text': 'text', '-o short': 'short', '-o json': 'json' };

function architecture(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}
