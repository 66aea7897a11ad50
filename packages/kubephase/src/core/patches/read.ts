/** Reads patch files: what their names say, and the documents in their text. */
import type { Problem } from 'phaserunner';
import { readYaml, type YamlDocument } from '../../formats/yaml/read.ts';
import { splitYaml, type YamlFault } from '../../formats/yaml/text.ts';
import { problem } from '../../problems/catalogue.ts';
import { patchTargets, patchTypes, type Patch, type PatchTarget, type PatchType } from './patch.ts';

type FileNameReading =
  | { readonly is: 'patch'; readonly target: PatchTarget; readonly type: PatchType }
  | { readonly is: 'ignored'; readonly reason: string }
  | { readonly is: 'wrong'; readonly reason: string };

/** Text between the type (or suffix) and the extension counts for nothing. */
const grammar = new RegExp(`^(${patchTargets.join('|')})[^.+\\n]*(?:(\\+)(${patchTypes.join('|')})?)?`);

/** Reads the base name of a file, `TARGET[SUFFIX][+TYPE].EXTENSION`. */
export function readFileName(name: string): FileNameReading {
  if (!/\.(json|yaml)$/.test(name)) return { is: 'ignored', reason: 'its name does not end in .json or .yaml' };
  const match = grammar.exec(name);
  const target = patchTargets.find((candidate) => candidate === match?.[1]);
  if (match === null || target === undefined) {
    return { is: 'ignored', reason: `its name starts with none of the targets ${patchTargets.join(', ')}` };
  }
  const type = patchTypes.find((candidate) => candidate === match[3]);
  if (match[2] !== undefined && type === undefined) {
    return { is: 'wrong', reason: `behind the + stands none of the patch types ${patchTypes.join(', ')}` };
  }
  return { is: 'patch', target, type: type ?? 'strategic' };
}

export interface DocumentReading {
  readonly patches: readonly Patch[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

/** Reads YAML or JSON in either kind of file. Documents with only comments are no patches. */
export function readDocuments(text: string, file: Pick<Patch, 'target' | 'type' | 'file'>): DocumentReading {
  const chunks = splitYaml(text);
  if ('fault' in chunks) return { patches: [], problems: [unreadable(file.file, chunks)], warnings: [] };
  const readings = chunks.map((chunk, index) => ({ chunk, document: index + 1, yaml: readYaml(chunk.text, chunk.firstLine) }));
  return {
    patches: readings.flatMap(({ chunk, document, yaml }) =>
      'fault' in yaml || yaml.data === null ? [] : [{ ...file, document, line: chunk.firstLine, content: yaml.data }],
    ),
    problems: readings.flatMap(({ document, yaml }) => ('fault' in yaml ? [unreadable(file.file, yaml, document)] : [])),
    warnings: readings.flatMap(({ yaml }) => ('fault' in yaml ? [] : repeated(file.file, yaml))),
  };
}

function unreadable(file: string, fault: YamlFault, document?: number): Problem {
  return problem('PATCH_UNREADABLE', {
    summary: `${document === undefined ? 'the file' : `document ${document}`} is not YAML or JSON: ${fault.fault}`,
    remedy: `Correct ${file}, line ${fault.line}.`,
    where: { file, line: fault.line, column: fault.column },
  });
}

function repeated(file: string, yaml: YamlDocument): readonly string[] {
  return yaml.repeatedKeys.map(
    ({ path, position }) => `${file}:${position.line}: the key ${path.join('.')} stands twice, the later one counts`,
  );
}
