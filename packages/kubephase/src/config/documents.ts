/** Reads the documents of a configuration file, and names each by its apiVersion and kind. */
import { isProblemError, type Location, type Problem } from 'phaserunner';
import { isMapping } from '../formats/data/mapping.ts';
import { readYaml, type YamlDocument } from '../formats/yaml/read.ts';
import { maxTextLength, splitYaml, type YamlFault } from '../formats/yaml/text.ts';
import type { Host } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';
import { foreignContent, urlRemedy } from './file-content.ts';
import type { Findings } from './findings.ts';
import { syntaxRemedy } from './syntax-remedy.ts';

/** Returns the text, or why there is none. Size is looked at first, so that a wrong path cannot fill the memory. */
export async function readConfigFile(
  host: Pick<Host, 'files'>,
  file: string,
): Promise<{ readonly text: string } | { readonly problem: Problem }> {
  try {
    const status = await host.files.status(file);
    if (status === undefined) return { problem: unreadable(file, 'The file does not exist.') };
    if (status.type === 'directory') return { problem: unreadable(file, 'It is a directory.') };
    if (status.size > maxTextLength) return { problem: tooLarge(file, status.size) };
    const text = await host.files.readText(file, maxTextLength);
    return text === undefined ? { problem: unreadable(file, 'The file does not exist.') } : { text };
  } catch (error) {
    if (!isProblemError(error)) throw error;
    const { code, detail } = error.problem;
    if (code === 'FILE_TOO_LARGE') return { problem: tooLarge(file) };
    return { problem: { ...unreadable(file, detail ?? error.message), cause: error } };
  }
}

function unreadable(file: string, detail: string): Problem {
  return problem('CONFIG_UNREADABLE', {
    summary: `unable to read config from "${file}"`,
    detail,
    remedy: urlRemedy(file) ?? 'Give the path of a regular file that exists and that this user may read, or - for standard input.',
    where: { file },
  });
}

/** @param size unknown for files of the kernel and those that grow while they are read */
function tooLarge(file: string, size?: number): Problem {
  return problem('CONFIG_TOO_LARGE', {
    summary: `${file} has ${size === undefined ? 'too many' : size} bytes; configuration files have at most ${maxTextLength}`,
    remedy: 'Give the path of a file that holds only configuration documents.',
    where: { file },
  });
}

export interface ConfigDocument {
  readonly file: string;
  /** `group/version`. */
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly yaml: YamlDocument;
}

/** Returns the documents that could be read and named; what is wrong with the others is in `findings`. */
export function readDocuments(text: string, file: string, findings: Findings): readonly ConfigDocument[] {
  const foreign = foreignContent(text);
  if (foreign !== undefined) {
    findings.add('error', problem('CONFIG_SYNTAX', { summary: `${file} is not text in UTF-8`, ...foreign, where: { file } }));
    return [];
  }
  const chunks = splitYaml(text);
  if ('fault' in chunks) {
    findings.add('error', faultProblem(chunks, { file, text }));
    return [];
  }
  return chunks.flatMap((chunk) => {
    const yaml = readYaml(chunk.text, chunk.firstLine);
    if ('fault' in yaml) {
      findings.add('error', faultProblem(yaml, { file, text }));
      return [];
    }
    const document = nameDocument(yaml, file, findings);
    if (document !== undefined) reportRepeatedKeys(document, findings);
    return document ?? [];
  });
}

function faultProblem(
  { fault, limit, line, column }: YamlFault,
  { file, text }: { readonly file: string; readonly text: string },
): Problem {
  const where = { file, line, column };
  return limit
    ? problem('CONFIG_TOO_LARGE', {
        summary: `${file}: ${fault}`,
        remedy: 'Keep only configuration documents in the file, without generated content.',
        where,
      })
    : problem('CONFIG_SYNTAX', {
        summary: `${file} is not valid YAML: ${fault}`,
        remedy: syntaxRemedy(text, { fault, line }),
        where,
      });
}

function nameDocument(yaml: YamlDocument, file: string, findings: Findings): ConfigDocument | undefined {
  const where = { file, ...yaml.positionOf([]) };
  const { data } = yaml;
  if (!isMapping(data)) {
    const summary = `${file}: a document has to be a mapping with apiVersion and kind`;
    findings.add(
      'error',
      problem('CONFIG_SYNTAX', { summary, remedy: 'Start the document with apiVersion: kubeadm.k8s.io/v1beta4 and its kind.', where }),
    );
    return undefined;
  }
  const apiVersion = textOf(data['apiVersion']);
  const kind = textOf(data['kind']);
  const [group = '', version = '', ...more] = apiVersion.split('/');
  if (more.length > 0 || kind === '' || group === '' || version === '') {
    findings.add('error', missingKind({ apiVersion, kind }, where));
    return undefined;
  }
  return { file, apiVersion, group, version, kind, data, yaml };
}

function missingKind(seen: { readonly apiVersion: string; readonly kind: string }, where: Location) {
  return problem('CONFIG_MISSING_KIND', {
    summary: `apiVersion (group/version) and kind are mandatory; found apiVersion "${seen.apiVersion}" and kind "${seen.kind}"`,
    remedy: 'Give the document both, such as apiVersion: kubeadm.k8s.io/v1beta4 and kind: ClusterConfiguration.',
    where,
  });
}

function reportRepeatedKeys(document: ConfigDocument, findings: Findings): void {
  for (const { path, position } of document.yaml.repeatedKeys) {
    const field = path.join('.');
    const summary = `${document.kind} (${document.apiVersion}): line ${position.line}: key "${field}" is given twice; the last value counts`;
    const where = { file: document.file, ...position, field };
    findings.add('lenient', problem('CONFIG_DUPLICATE_KEY', { summary, remedy: 'Keep one of the two.', where }));
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
