/** Advice for values in a form that is often mistaken: arguments as another version of the API has them, and versions as numbers. */
import { isMapping } from '../../formats/data/mapping.ts';
import type { FieldPath } from '../findings.ts';

const versionRemedy = 'Write a full version as text, such as "v1.36.2", or the label of a minor, such as "stable-1.36".';

const names: ReadonlySet<string | number> = new Set(['extraArgs', 'kubeletExtraArgs', 'extraEnvs']);

/** What to write instead, with the user's own first entry; undefined when the field is another one. @param found its value */
export function formRemedy(path: FieldPath, found: unknown, isOld: boolean): string | undefined {
  const field = path.at(-1);
  // The number 1.30 is 1.3: what was meant can no longer be told.
  if (field === 'kubernetesVersion' && typeof found === 'number') return versionRemedy;
  if (field === undefined || !names.has(field)) return undefined;
  return isOld ? mappingRemedy(field, found) : listRemedy(field, found);
}

function listRemedy(field: string | number, found: unknown): string | undefined {
  if (!isMapping(found)) return undefined;
  const [[name, value] = ['v', '4']] = Object.entries(found);
  const list = `${field}: [{name: ${name}, value: ${quote(field, value)}}]`;
  const about = field === 'extraEnvs' ? 'Write a list' : 'From v1beta4 on this is a list';
  return `${about} of names and values: ${list}.${field === 'extraEnvs' ? '' : ' config migrate converts files of v1beta3.'}`;
}

function mappingRemedy(field: string | number, found: unknown): string | undefined {
  const first: unknown = Array.isArray(found) ? found[0] : undefined;
  if (!isMapping(first)) return undefined;
  const name = typeof first['name'] === 'string' ? first['name'] : 'v';
  return `In v1beta3 this is a mapping: ${field}: {${name}: ${quote(field, first['value'] ?? '4')}}. Lists are read in kubeadm.k8s.io/v1beta4.`;
}

/** Longer values only hide the form. */
const maxShown = 60;

/** The value of a variable of the environment may be a secret. */
function quote(field: string | number, value: unknown): string {
  const isShown = field !== 'extraEnvs' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');
  const text = value === null ? '' : isShown ? String(value) : '…';
  return JSON.stringify(text.length > maxShown ? '…' : text);
}
