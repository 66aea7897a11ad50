/** Schema of InitConfiguration in v1beta4. */
import * as v from 'valibot';
import { documentOf, duration, flag, list, nested, text, texts, time, token } from '../schema/field.ts';
import { apiEndpoint, nodeRegistration, patches, timeouts } from './parts.ts';

export const bootstrapToken = v.object({
  token: token(),
  description: text(),
  ttl: duration(),
  expires: time(),
  usages: texts(),
  groups: texts(),
});

export const initConfiguration = documentOf({
  bootstrapTokens: list(bootstrapToken),
  dryRun: flag(),
  nodeRegistration: nested(nodeRegistration),
  localAPIEndpoint: nested(apiEndpoint),
  certificateKey: text(),
  skipPhases: texts(),
  patches: nested(patches),
  timeouts: nested(timeouts),
});

/** As the user gave it: every field may be missing. Older versions are converted to this form. */
export type GivenInit = v.InferOutput<typeof initConfiguration>;
export type GivenToken = v.InferOutput<typeof bootstrapToken>;
