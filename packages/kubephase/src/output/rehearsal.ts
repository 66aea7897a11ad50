/** What a rehearsal shows at its end: the text of every file, every object, and the tree of files. */
import type { Action } from 'phaserunner';
import { drawTreeOfFiles, isFileAction } from './tree-of-files.ts';

/** An action with the path of the phase that would take it. */
export interface PlannedAction {
  readonly phase: string;
  readonly action: Action;
}

/**
 * Returns the contents as YAML documents, each with a comment that names its phase and what would be done. Secret files have
 * no content here, and the values of Secrets are masked already.
 */
export async function contentsOf(actions: readonly PlannedAction[]): Promise<string> {
  const { printYaml } = await import('../formats/yaml/print.ts');
  return actions
    .flatMap(({ phase, action }) => {
      const body = action['object'] === undefined ? readableContent(action['content']) : printYaml(action['object']);
      return body === undefined ? [] : [`---\n# [${phase}] ${action.summary}\n${body.replace(/\n*$/, '\n')}`];
    })
    .join('');
}

/** Nobody reads base64: certificates and public keys are only listed. */
function readableContent(content: unknown): string | undefined {
  return typeof content === 'string' && !content.startsWith('-----BEGIN ') ? content : undefined;
}

/** Returns the tree of files with a heading; empty when no file would be written. */
export function filesOf(actions: readonly PlannedAction[], directory: string): string {
  const files = actions.map(({ action }) => action).filter(isFileAction);
  return files.length === 0 ? '' : `This would be created (the files are in ${directory}):\n${drawTreeOfFiles(files)}`;
}
