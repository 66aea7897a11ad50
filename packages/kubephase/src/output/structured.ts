/** Prints objects for programs, in the formats of kubectl: JSON, YAML, KYAML, Go templates and JSONPath. */
import { inlinePlace, missingTemplate, orProblem, readingTemplate, unknownFormat, type PlacedTemplate } from './structured-faults.ts';

export interface StructuredOptions {
  /** False makes a field that an object does not have an error; true prints nothing, or `<no value>`, for it. */
  readonly allowMissingKeys: boolean;
  /** Reads a template; the path is that of the user. */
  readonly readFile: (path: string) => Promise<string>;
}

/** Prints objects that consist of plain data, in the order given. */
export type Printer = (objects: readonly object[]) => string;

/** Makes a printer of what stands behind the `=`. */
type TemplateFormat = (template: PlacedTemplate, options: StructuredOptions) => Promise<Printer>;

const plainFormats: Readonly<Record<string, () => Promise<Printer>>> = { json: jsonPrinter, yaml: yamlPrinter, kyaml: kyamlPrinter };

const templateFormats: Readonly<Record<string, TemplateFormat>> = {
  'go-template': goTemplatePrinter,
  template: goTemplatePrinter,
  jsonpath: (template, options) => jsonPathPrinter(template, { ...options, asJson: false }),
  'jsonpath-as-json': (template, options) => jsonPathPrinter(template, { ...options, asJson: true }),
};

/** Formats whose template is in a file. */
const fileFormats: Readonly<Record<string, TemplateFormat>> = {
  'go-template-file': goTemplatePrinter,
  templatefile: goTemplatePrinter,
  'jsonpath-file': (template, options) => jsonPathPrinter(template, { ...options, asJson: false }),
};

const examples: Readonly<Record<string, string>> = {
  'go-template': '{{.kind}}',
  template: '{{.kind}}',
  jsonpath: '{.kind}',
  'jsonpath-as-json': '{.kind}',
};

/** Everything that `-o` accepts, sorted; `text` is printed by the command itself. */
export const structuredFormats: readonly string[] = [
  ...Object.keys(plainFormats),
  ...Object.keys(templateFormats),
  ...Object.keys(fileFormats),
  'text',
].toSorted();

/** Whether a template, or the name of a file with one, has to stand behind an equals sign. */
export function takesTemplate(format: string): boolean {
  return ownValue(templateFormats, format) !== undefined || ownValue(fileFormats, format) !== undefined;
}

/** False for `text` only, so that a format that does not exist comes to `printStructured`, which says so. */
export function isStructured(spec: string): boolean {
  return spec !== 'text';
}

/**
 * Returns the objects as text. As in kubectl, JSON, YAML and KYAML end in a newline, templates only in what they print themselves.
 * @param spec the value of `-o`, such as `json`, `jsonpath={.images[*]}` or `go-template-file=list.tmpl`
 * @throws ProblemError one of the `OUTPUT_…` codes
 */
export async function printStructured(objects: object | readonly object[], spec: string, options: StructuredOptions): Promise<string> {
  const print = await preparePrinter(spec, options);
  return print(Array.isArray(objects) ? (objects as readonly object[]) : [objects]);
}

/**
 * Makes the printer for the value of `-o`. Mistakes in it are found here, so that a command can look before it asks a cluster.
 * @throws ProblemError one of the `OUTPUT_…` codes
 */
export async function preparePrinter(spec: string, options: StructuredOptions): Promise<Printer> {
  const plain = ownValue(plainFormats, spec.toLowerCase());
  if (plain !== undefined) return plain();
  const [format = '', ...parts] = spec.split('=');
  const value = parts.join('=');
  const ofText = ownValue(templateFormats, format);
  if (ofText !== undefined) return ofText({ text: required(format, value), place: inlinePlace }, options);
  const ofFile = ownValue(fileFormats, format);
  if (ofFile === undefined) throw unknownFormat(spec, structuredFormats);
  const path = required(format, value);
  return ofFile({ text: await readingTemplate(path, () => options.readFile(path)), place: { file: path } }, options);
}

function required(format: string, value: string): string {
  if (value === '') throw missingTemplate(format, examples[format] ?? 'FILE');
  return value;
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

async function jsonPrinter(): Promise<Printer> {
  const { printGoJson } = await import('../formats/go-text.ts');
  return (objects) => objects.map((object) => `${printGoJson(headFirst(object), { indent: 4, sortKeys: false })}\n`).join('');
}

async function yamlPrinter(): Promise<Printer> {
  const { printYamlDocuments } = await import('../formats/yaml/print.ts');
  return (objects) => printYamlDocuments(objects.map(plainData));
}

async function kyamlPrinter(): Promise<Printer> {
  const { printKyaml } = await import('../formats/yaml/kyaml.ts');
  return (objects) => objects.map((object) => printKyaml(plainData(headFirst(object)))).join('');
}

async function goTemplatePrinter(template: PlacedTemplate, { allowMissingKeys }: StructuredOptions): Promise<Printer> {
  const [{ parseTemplate }, { runTemplate }] = await Promise.all([
    import('../formats/go-template/parse.ts'),
    import('../formats/go-template/run.ts'),
  ]);
  return templatePrinter(template, parseTemplate, (parsed, data) => runTemplate(parsed, data, { allowMissingKeys }));
}

async function jsonPathPrinter(template: PlacedTemplate, options: StructuredOptions & { readonly asJson: boolean }): Promise<Printer> {
  const [{ parseJsonPath }, { printJsonPath }] = await Promise.all([
    import('../formats/jsonpath/parse.ts'),
    import('../formats/jsonpath/print.ts'),
  ]);
  return templatePrinter(template, parseJsonPath, (parsed, data) => printJsonPath(parsed, data, options));
}

function templatePrinter<T>(template: PlacedTemplate, parse: (text: string) => T, run: (parsed: T, data: unknown) => string): Printer {
  const parsed = orProblem(template, 'OUTPUT_TEMPLATE_INVALID', () => parse(template.text));
  return (objects) => orProblem(template, 'OUTPUT_TEMPLATE_FAILED', () => objects.map((object) => run(parsed, plainData(object))).join(''));
}

/** Objects of Kubernetes begin with their kind. */
function headFirst(object: object): object {
  const { kind, apiVersion, ...rest } = object as Readonly<Record<string, unknown>>;
  return { kind, apiVersion, ...rest };
}

/** What JSON keeps: without undefined members, dates as texts. */
function plainData(object: object): unknown {
  return JSON.parse(JSON.stringify(object));
}
