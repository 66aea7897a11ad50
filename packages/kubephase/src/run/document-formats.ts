/** The formats in which one document is printed for programs; each loads its printer when it is used. */
import type { DocumentFormat } from 'phaserunner/commander';

const printed =
  (format: 'json' | 'yaml'): DocumentFormat =>
  async (document) =>
    (await import('../output/print.ts')).printDocument(document, format);

export const documentFormats = {
  json: printed('json'),
  yaml: printed('yaml'),
  kyaml: async (document: unknown) => (await import('../formats/yaml/kyaml.ts')).printKyaml(document),
} as const satisfies Readonly<Record<string, DocumentFormat>>;
