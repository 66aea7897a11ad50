/** Splits a configuration file into documents and names each by its apiVersion and kind. */
import type { Location } from 'phaserunner';
import { splitYaml, type YamlFault } from '../formats/yaml/text.ts';
import { readYaml, type YamlDocument } from '../formats/yaml/read.ts';
import { problem } from '../problems/catalogue.ts';
import type { Findings } from './findings.ts';

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
  const chunks = splitYaml(text);
  if ('fault' in chunks) {
    findings.add('error', faultProblem(chunks, file));
    return [];
  }
  return chunks.flatMap((chunk) => {
    const yaml = readYaml(chunk.text, chunk.firstLine);
    if ('fault' in yaml) {
      findings.add('error', faultProblem(yaml, file));
      return [];
    }
    const document = nameDocument(yaml, file, findings);
    if (document !== undefined) reportRepeatedKeys(document, findings);
    return document ?? [];
  });
}

function faultProblem({ fault, limit, line, column }: YamlFault, file: string) {
  const where = { file, line, column };
  return limit
    ? problem('CONFIG_TOO_LARGE', {
        summary: `${file}: ${fault}`,
        remedy: 'Keep only configuration documents in the file, without generated content.',
        where,
      })
    : problem('CONFIG_SYNTAX', {
        summary: `${file} is not valid YAML: ${fault}`,
        remedy: `Correct line ${line}; YAML indents with blanks, never with tabs.`,
        where,
      });
}

function nameDocument(yaml: YamlDocument, file: string, findings: Findings): ConfigDocument | undefined {
  const where = { file, ...yaml.positionOf([]) };
  const { data } = yaml;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    const summary = `${file}: a document has to be a mapping with apiVersion and kind`;
    findings.add(
      'error',
      problem('CONFIG_SYNTAX', { summary, remedy: 'Start the document with apiVersion: kubeadm.k8s.io/v1beta4 and its kind.', where }),
    );
    return undefined;
  }
  const fields = data as Readonly<Record<string, unknown>>;
  const apiVersion = textOf(fields['apiVersion']);
  const kind = textOf(fields['kind']);
  const [group = '', version = '', ...more] = apiVersion.split('/');
  if (more.length > 0 || kind === '' || group === '' || version === '') {
    findings.add('error', missingKind({ apiVersion, kind }, where));
    return undefined;
  }
  return { file, apiVersion, group, version, kind, data: fields, yaml };
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
