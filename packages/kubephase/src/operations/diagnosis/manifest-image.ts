/** Tells which image a static Pod manifest names. */
import { isProblemError } from 'phaserunner';
import { readYaml } from '../../formats/yaml/read.ts';
import type { Files } from '../../host/port.ts';

interface Pod {
  readonly spec?: { readonly containers?: readonly { readonly image?: unknown }[] };
}

/** The image of the first container; undefined when the manifest is missing, cannot be read or does not tell. */
export async function readManifestImage(files: Pick<Files, 'readText'>, file: string): Promise<string | undefined> {
  const text = await files.readText(file).catch((error: unknown) => {
    if (isProblemError(error)) return undefined;
    throw error;
  });
  const document = text === undefined ? undefined : readYaml(text);
  if (document === undefined || 'fault' in document) return undefined;
  const image = (document.data as Pod | null)?.spec?.containers?.[0]?.image;
  return typeof image === 'string' ? image : undefined;
}
