/** Says where a field of the configuration comes from: a line of the file or a flag. */
import type { ConfigDocument } from './documents.ts';
import type { Places } from './findings.ts';
import type { Origin } from './request.ts';

export interface Sources {
  /** Path of the configuration file. */
  readonly file?: string;
  /** Documents by kind. */
  readonly documents: ReadonlyMap<string, ConfigDocument>;
  /** Flags that were given, by the field they set: `ClusterConfiguration.certificatesDir` → `--cert-dir`. */
  readonly flags: ReadonlyMap<string, string>;
}

export function createPlaces(sources: Sources): Places {
  return (path) => {
    const [kind, ...rest] = path;
    const field = rest.length === 0 ? {} : { field: rest.join('.') };
    const flag = flagOf(sources, path.join('.'));
    if (flag !== undefined) return { object: flag, ...field };
    const document = sources.documents.get(String(kind));
    if (document !== undefined) return { file: document.file, ...document.yaml.positionOf(rest), ...field };
    return sources.file === undefined ? field : { file: sources.file, ...field };
  };
}

/** Where a field was given; undefined when it has its default. */
export function createOrigin(sources: Sources): Origin {
  const places = createPlaces(sources);
  return (field) => {
    const path = field.split('.');
    const [kind = '', ...rest] = path;
    const given = sources.flags.has(field) || sources.documents.get(kind)?.yaml.has(rest) === true;
    return given ? places(path) : undefined;
  };
}

function flagOf(sources: Sources, path: string): string | undefined {
  for (const [field, flag] of sources.flags) if (path === field || path.startsWith(`${field}.`)) return flag;
  return undefined;
}
