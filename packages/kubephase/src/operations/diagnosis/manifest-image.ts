/** Tells which image a static Pod manifest names. */
import { readYaml } from '../../formats/yaml/read.ts';
import type { Files } from '../../host/port.ts';

interface Pod {
  readonly spec?: { readonly containers?: readonly { readonly image?: unknown }[] };
}

/** The image of the first container; undefined when the manifest is missing or does not tell. */
export async function readManifestImage(files: Files, file: string): Promise<string | undefined> {
  const text = await files.readText(file);
  const document = text === undefined ? undefined : readYaml(text);
  if (document === undefined || 'fault' in document) return undefined;
  const image = (document.data as Pod | null)?.spec?.containers?.[0]?.image;
  return typeof image === 'string' ? image : undefined;
}
