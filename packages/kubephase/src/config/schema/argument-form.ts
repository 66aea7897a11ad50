/** Advice for arguments in the form of another version of the API: the mistake that is made most often. */
import { isMapping } from '../../formats/data/mapping.ts';
import type { FieldPath } from '../findings.ts';

const names: ReadonlySet<string | number> = new Set(['extraArgs', 'kubeletExtraArgs', 'extraEnvs']);

/** What to write instead, with the user's own first entry; undefined when the field is another one. @param found its value */
export function argumentRemedy(path: FieldPath, found: unknown, isOld: boolean): string | undefined {
  const field = path.at(-1);
  if (field === undefined || !names.has(field)) return undefined;
  return isOld ? mappingRemedy(field, found) : listRemedy(field, found);
}

function listRemedy(field: string | number, found: unknown): string | undefined {
  if (!isMapping(found)) return undefined;
  const [[name, value] = ['v', '4']] = Object.entries(found);
  const list = `${field}: [{name: ${name}, value: ${quote(value)}}]`;
  const about = field === 'extraEnvs' ? 'Write a list' : 'From v1beta4 on this is a list';
  return `${about} of names and values: ${list}.${field === 'extraEnvs' ? '' : ' config migrate converts files of v1beta3.'}`;
}

function mappingRemedy(field: string | number, found: unknown): string | undefined {
  const first: unknown = Array.isArray(found) ? found[0] : undefined;
  if (!isMapping(first)) return undefined;
  const name = typeof first['name'] === 'string' ? first['name'] : 'v';
  return `In v1beta3 this is a mapping: ${field}: {${name}: ${quote(first['value'] ?? '4')}}. Lists are read in kubeadm.k8s.io/v1beta4.`;
}

/** Longer values only hide the form. */
const maxShown = 60;

function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return JSON.stringify(text.length > maxShown || isMapping(value) ? '…' : text);
}
