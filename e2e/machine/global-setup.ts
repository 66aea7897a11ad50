/** Before all scenarios: a rig for this run, the images, the product under test. After them: everything is removed again. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Machine } from './boot-node.ts';
import { command } from './command.ts';
import { ensureTemplate } from './images/template.ts';
import { claimRig, removeRig } from './rig.ts';
import { kubephaseExecutable } from './settings.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly machine: Machine;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(kubephaseExecutable)) throw new Error(`${kubephaseExecutable} is missing: start with sh e2e/run.sh`);
  const template = await ensureTemplate();
  const rig = await claimRig();
  // A new build in the middle of the run changes nothing for it.
  const kubephase = join(rig.folder, 'kubephase');
  await command(['cp', kubephaseExecutable, kubephase]);
  project.provide('machine', { rig, template, kubephase });
  return () => removeRig(rig);
}
