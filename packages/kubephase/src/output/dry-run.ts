/** What a dry run shows at its end: the text of every file, every object, and the tree of files with modes, in the form of `tree -p`. */
import type { Action } from 'phaserunner';

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

/**
 * Returns the tree of files with a heading; empty when no file would be written.
 * @param exists whether the machine has a folder already; the others come with the files in them
 */
export async function filesOf(
  actions: readonly PlannedAction[],
  { directory, exists }: { readonly directory: string; readonly exists: (folder: string) => Promise<boolean> },
): Promise<string> {
  const files = actions.map(({ action }) => action).filter(isFileAction);
  if (files.length === 0) return '';
  return `This would be created (the files are in ${directory}):\n${drawTreeOfFiles(files, await newFoldersOf(files, exists))}`;
}

/** The folders above the files that are not there yet. */
async function newFoldersOf(actions: readonly FileAction[], exists: (folder: string) => Promise<boolean>): Promise<ReadonlySet<string>> {
  const above = new Set(actions.flatMap(({ path }) => foldersAbove(path)));
  const found = await Promise.all([...above].map(async (folder) => ((await exists(folder)) ? [] : [folder])));
  return new Set(found.flat());
}

function foldersAbove(path: string): readonly string[] {
  const parent = path.slice(0, path.lastIndexOf('/'));
  return parent === '' ? [] : [parent, ...foldersAbove(parent)];
}

/** The actions that create or replace something in the file system. `mode` is octal digits, such as `0600`. */
export type FileAction =
  | {
      readonly kind: 'write-file';
      readonly path: string;
      readonly mode: string;
      readonly owner?: string;
      readonly bytes?: number;
      readonly secret?: boolean;
    }
  | { readonly kind: 'make-directory'; readonly path: string; readonly mode: string };

/** A folder that no action makes has no `entry`: it exists, or comes with what is written into it. */
interface Node {
  readonly name: string;
  readonly children: Map<string, Node>;
  entry?: FileAction;
  /** A folder that comes with what is written into it. */
  isNew?: boolean;
}

/** Whether an action of a run is one that the tree can show. */
export function isFileAction(action: Action): action is Action & FileAction {
  const isFile = action.kind === 'write-file' || action.kind === 'make-directory';
  return isFile && typeof action['path'] === 'string' && typeof action['mode'] === 'string';
}

/**
 * Returns the tree as text with a newline at its end; empty for no actions. Names are sorted. Folders that are made are marked
 * `new`, files with secret content `secret`. Of several actions on one path the last one counts.
 */
export function drawTreeOfFiles(actions: readonly FileAction[], newFolders: ReadonlySet<string> = new Set()): string {
  if (actions.length === 0) return '';
  const root: Node = { name: '', children: new Map() };
  for (const action of actions) insert(root, action);
  for (const folder of newFolders) nodeAt(root, folder).isNew = true;
  const lines = startingPoints(root, '').flatMap(({ node, path }) => [describe(node, path)].concat(drawChildren(node, '')));
  return [...lines, '', count(actions, newFolders), ''].join('\n');
}

function insert(root: Node, action: FileAction): void {
  nodeAt(root, action.path).entry = action;
}

/** The node for `path`, with all above it. */
function nodeAt(root: Node, path: string): Node {
  let node = root;
  for (const name of path.split('/').filter((segment) => segment !== '')) {
    const next = node.children.get(name) ?? { name, children: new Map() };
    node.children.set(name, next);
    node = next;
  }
  return node;
}

interface StartingPoint {
  readonly node: Node;
  readonly path: string;
}

/** The folders below which all is drawn: chains of folders that only lead to another one are one line. */
function startingPoints(node: Node, path: string): readonly StartingPoint[] {
  const children = sorted(node);
  const leadsOn = node.entry === undefined && children.every((child) => child.children.size > 0 && child.entry === undefined);
  if (!leadsOn) return [{ node, path }];
  // Only at the top are several trees better than one: `/etc/kubernetes` and `/var/lib/kubelet` rather than `/`.
  if (path !== '' && children.length > 1) return [{ node, path }];
  return children.flatMap((child) => startingPoints(child, `${path}/${child.name}`));
}

function drawChildren(node: Node, margin: string): readonly string[] {
  const children = sorted(node);
  return children.flatMap((child, index) => {
    const isLast = index === children.length - 1;
    const line = `${margin}${isLast ? '└── ' : '├── '}${describe(child, child.name)}`;
    return [line].concat(drawChildren(child, `${margin}${isLast ? '    ' : '│   '}`));
  });
}

function describe({ entry, isNew = false }: Node, name: string): string {
  if (entry === undefined) return `${name}/${isNew ? ' (new)' : ''}`;
  if (entry.kind === 'make-directory') return `[d${permissions(entry.mode)}]  ${name}/ (new)`;
  const remarks = [
    ...(entry.bytes === undefined ? [] : [`${entry.bytes} bytes`]),
    ...(entry.owner === undefined ? [] : [`owner ${entry.owner}`]),
    ...(entry.secret === true ? ['secret'] : []),
  ];
  return `[-${permissions(entry.mode)}]  ${name}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
}

/** `0640` as `rw-r-----`. */
function permissions(mode: string): string {
  const bits = Number.parseInt(mode, 8);
  return Array.from('rwxrwxrwx', (letter, index) => ((bits & (0o400 >> index)) === 0 ? '-' : letter)).join('');
}

function count(actions: readonly FileAction[], newFolders: ReadonlySet<string>): string {
  const paths = (kind: FileAction['kind']): readonly string[] => actions.flatMap((action) => (action.kind === kind ? [action.path] : []));
  const folders = new Set([...paths('make-directory'), ...newFolders]).size;
  const files = new Set(paths('write-file')).size;
  return `${folders} new ${folders === 1 ? 'folder' : 'folders'}, ${files} ${files === 1 ? 'file' : 'files'}`;
}

/** By code units, so that the order does not depend on the locale. */
function sorted(node: Node): readonly Node[] {
  return [...node.children.values()].sort((a, b) => {
    if (a.name === b.name) return 0;
    return a.name < b.name ? -1 : 1;
  });
}
