/** `init` on the command line: binds the workflow, with the extra phases of the settings, to its command. */
import type { Command } from 'commander';
import { loadExtraPhases } from 'phaserunner';
import { bindWorkflow, ioOf } from 'phaserunner/commander';
import type { InitFlag } from '../../flags/init.ts';
import { loadSettings } from '../../settings/settings.ts';
import type { InitContext } from './context.ts';
import type { InitSession } from './session.ts';
import { workflow as ownWorkflow } from './workflow.ts';

/** Flags of `init` itself; phases bring the others to their sub-commands. */
const mainFlags = [
  'allow-unknown-version',
  'apiserver-advertise-address',
  'apiserver-bind-port',
  'apiserver-cert-extra-sans',
  'cert-dir',
  'certificate-key',
  'config',
  'control-plane-endpoint',
  'cri-socket',
  'dry-run',
  'feature-gates',
  'ignore-preflight-errors',
  'image-repository',
  'kubernetes-version',
  'node-name',
  'patches',
  'pod-network-cidr',
  'service-cidr',
  'service-dns-domain',
  'skip-certificate-key-print',
  'skip-token-print',
  'strict',
  'token',
  'token-ttl',
  'upload-certs',
] as const satisfies readonly InitFlag[];

/** Flags whose values the hint how to go on leaves out, because it ends up in logs. */
const secretFlags: ReadonlySet<string> = new Set(['certificate-key', 'token']);

/** Flags that the hint may repeat: all others, those of single phases and of the program included. */
const repeatable = [...mainFlags, 'kubeconfig', 'kubeconfig-dir', 'rootfs'].filter((name) => !secretFlags.has(name));

/** Flags that the context is made from: every phase takes them, extra ones too. */
const phaseFlags = ['config', 'dry-run', 'strict', 'allow-unknown-version'] as const satisfies readonly InitFlag[];

const examples = (program: string): string =>
  [
    `${program} init --config cluster.yaml`,
    `${program} init --config cluster.yaml --dry-run`,
    `${program} init --config cluster.yaml --skip-phases addon/kube-proxy`,
    `${program} init --config cluster.yaml --from wait-control-plane`,
    `${program} init phase certs apiserver --config cluster.yaml`,
    `${program} init phase --only certs/ca,kubeconfig --config cluster.yaml`,
  ].join('\n');

/** Completes the command `init`. */
export async function bindInit(command: Command): Promise<void> {
  const { extraPhases } = await loadSettings(ioOf(command).environment);
  let workflow = ownWorkflow;
  for (const file of extraPhases[workflow.name] ?? []) workflow = await loadExtraPhases(workflow, file);
  let session: InitSession | undefined;
  let complete = workflow;
  bindWorkflow<InitContext, InitFlag>(command, workflow, {
    // Remembers the workflow with the extra phases of the command line.
    workflow: (given) => (complete = given),
    flags: mainFlags,
    repeatable,
    phaseFlags,
    examples: examples(command.parent?.name() ?? 'kubephase'),
    context: async (invocation) => {
      const { openSession } = await import('./session.ts');
      session = await openSession(invocation, complete);
      return session.prepared;
    },
    documents: {
      json: async (document) => (await import('../../output/print.ts')).printDocument(document, 'json'),
      yaml: async (document) => (await import('../../output/print.ts')).printDocument(document, 'yaml'),
    },
    document: (result) => session?.document() ?? result,
    onEnd: async (result) => {
      await session?.end(result);
      return undefined;
    },
  });
}
