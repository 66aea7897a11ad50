/** Reads the text of a patch file into its documents. */
import { splitYaml, type YamlFault } from '../../formats/yaml/text.ts';
import { readYaml, type YamlDocument } from '../../formats/yaml/read.ts';
import { problem } from '../../problems/catalogue.ts';
import type { Problem } from 'phaserunner';
import type { Patch } from './patch.ts';

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
