import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineWorkflow, flatten } from 'phaserunner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine, type Ended, type Surroundings } from '../../test/fixtures/command-line.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import type { CommandTable } from '../commands/table.ts';
import { flags } from '../flags/flags.ts';
import { newestRelease } from '../releases/index.ts';
import { bindRun, type RunCommand } from './bind.ts';
import type { KubeContext, MachineContext } from './context.ts';
import type { RunConfig } from './work.ts';

type Context = MachineContext & KubeContext;

/** Source of a phase that says its name. */
const talking = (name: string): string => `{ name: '${name}', summary: 'Say ${name}', run: (_, task) => task.message('${name}!') }`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bind-'));
  const settings = 'apiVersion: kubephase.dev/v1alpha1\nkind: Settings\nextraPhases: {init: [./wave.mjs, ./bow.mjs]}\n';
  writeFileSync(join(folder, 'settings.yaml'), settings);
  writeFileSync(join(folder, 'wave.mjs'), `export const extraPhases = [{ after: 'greet', phase: ${talking('wave')} }];`);
  // Names a phase that the file before it brings.
  writeFileSync(join(folder, 'bow.mjs'), `export const extraPhases = [{ after: 'wave', phase: ${talking('bow')} }];`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const offers = ['config', 'dry-run', 'strict', 'node-name', 'print-manifest'] as const;

/** Runs a command line whose only command has the workflow `name`. Counts how often the work was loaded. */
async function call(words: readonly string[], { name = 'init', ...surroundings }: Surroundings & { readonly name?: string } = {}) {
  let loads = 0;
  const command: RunCommand<Context, RunConfig> = {
    workflow: defineWorkflow<Context, typeof flags>({
      name,
      summary: 'Pay a visit',
      flags,
      offers,
      phases: [
        {
          name: 'greet',
          summary: 'Say good day',
          flags: ['node-name', 'print-manifest'],
          run: ({ report }) => report.print('Good day.\n'),
        },
        { name: 'talk', summary: 'Talk', phases: [{ name: 'weather', summary: 'Talk of the weather', run: () => undefined }] },
      ],
    }),
    mainFlags: ['config', 'dry-run'],
    phaseFlags: ['config', 'dry-run', 'strict'],
    examples: [`${name} --config visit.yaml`, `${name} phase greet`],
    work: async () => {
      loads += 1;
      return {
        skipField: 'VisitConfiguration.skipPhases',
        dryRunVariable: 'KUBEADM_JOIN_DRYRUN_DIR',
        load: async () => ({ ok: true, config: initConfig(), release: newestRelease(), warnings: [], origin: () => undefined }),
        announcement: () => 'visiting',
        connect: () => Promise.reject(new Error('no phase uses the API')),
        context: (parts) => parts,
      };
    },
  };
  const commands: CommandTable = {
    [name]: { summary: 'Pay a visit', bind: async () => (bound, setting) => bindRun(bound, command, setting) },
  };
  const ended: Ended = await runCommandLine([name, ...words], { commands, ...surroundings });
  return { ...ended, loads, workflow: command.workflow };
}

const settings = (): Pick<Surroundings, 'environment'> => ({ environment: { KUBEPHASE_SETTINGS: join(folder, 'settings.yaml') } });

/** Names of the top-level phases that `phase --list` shows. */
const listed = ({ stdout }: Ended): readonly string[] =>
  (JSON.parse(stdout) as { readonly phases: readonly { readonly path: string }[] }).phases.map(({ path }) => path);

describe('extra phases of the settings file', () => {
  it('stand in the workflow of their name, files one after the other', async () => {
    expect(listed(await call(['phase', '--list', '-o', 'json'], settings()))).toEqual(['greet', 'wave', 'bow', 'talk']);
  });

  it('do not stand in a workflow of another name', async () => {
    expect(listed(await call(['phase', '--list', '-o', 'json'], { name: 'leave', ...settings() }))).toEqual(['greet', 'talk']);
  });

  it('are absent without settings', async () => {
    const ended = await call(['phase', '--list', '-o', 'json'], { environment: { KUBEPHASE_SETTINGS: '' } });
    expect(listed(ended)).toEqual(['greet', 'talk']);
  });

  it('run with the others, and by their own command', async () => {
    const whole = await call(['-o', 'plain'], settings());
    expect(whole.code).toBe(0);
    expect(whole.stdout).toMatch(/\[init\] visiting\n\[wave\] wave!\n\[bow\] bow!\n/);
    const alone = await call(['phase', 'bow', '-o', 'plain'], settings());
    expect(alone.stdout).toMatch(/^\[bow\] bow!\n/);
  });

  it('come before those of --extra-phases, which may name them', async () => {
    const file = join(folder, 'nod.mjs');
    writeFileSync(file, "export const extraPhases = [{ before: 'wave', phase: { name: 'nod', summary: 'Nod', run: () => undefined } }];");
    const { stdout } = await call(['--help', '--extra-phases', file], settings());
    expect(stdout).toMatch(/greet [^]*nod [^]*wave [^]*bow [^]*talk /);
  });

  it('stop every command of workflows when their settings cannot be read', async () => {
    const { code, stderr, loads } = await call(['phase', 'greet'], { environment: { KUBEPHASE_SETTINGS: join(folder, 'none.yaml') } });
    expect({ code, loads }).toEqual({ code: 2, loads: 0 });
    expect(stderr).toContain(join(folder, 'none.yaml'));
  });
});

describe('the command of a workflow', () => {
  it.each(['kubephase', 'kubeadm'] as const)('shows its examples with the name of the program: %s', async (program) => {
    const { stdout } = await call(['--help'], { program });
    expect(stdout).toContain(`  ${program} init --config visit.yaml\n  ${program} init phase greet\n`);
  });

  it('has its main flags, and no others of the phases', async () => {
    const { stdout } = await call(['--help']);
    expect(stdout).toContain('--config ');
    expect(stdout).toContain('--dry-run');
    expect(stdout).not.toContain('--strict');
    expect(stdout).not.toContain('--node-name');
  });

  it('gives the flags that a run is opened with to the command of every phase, of extra ones too', async () => {
    const { workflow } = await call(['--help']);
    const paths = [...flatten(workflow).map(({ path }) => path), 'wave'];
    for (const path of paths) {
      const { stdout } = await call(['phase', ...path.split('/'), '--help'], settings());
      for (const flag of ['--config ', '--dry-run', '--strict']) expect(stdout, path).toContain(flag);
      expect(stdout.includes('--node-name'), path).toBe(path === 'greet');
    }
  });

  it('offers --extra-phases', async () => {
    expect((await call(['--help'])).stdout).toContain('--extra-phases');
  });

  it('loads its work when something runs, and not for help or lists', async () => {
    expect((await call(['--help'])).loads).toBe(0);
    expect((await call(['phase', '--list'])).loads).toBe(0);
    expect((await call(['phase', '--only', 'nothing'])).loads).toBe(0);
    expect((await call(['phase', 'greet'])).loads).toBe(1);
  });

  it('keeps standard output for a manifest that was asked for', async () => {
    const { stdout, stderr } = await call(['phase', 'greet', '--print-manifest']);
    expect(stdout).toBe('Good day.\n');
    expect(stderr).toContain('[init] succeeded');
    expect((await call(['phase', 'greet'])).stderr).toBe('');
  });

  it('prints its document as YAML as well', async () => {
    const { stdout } = await call(['phase', 'greet', '-o', 'yaml']);
    expect(stdout).toMatch(/^apiVersion: output\.kubephase\.dev\/v1alpha2\n[^]*kind: RunReport\n/);
    expect(stdout).toContain('workflow: init\n');
  });
});
