/** Schema of InitConfiguration in v1beta3. */
import type * as v from 'valibot';
import { documentOf, list, nested, text, texts } from '../schema/field.ts';
import { bootstrapToken } from '../v1beta4/init-configuration.ts';
import { apiEndpoint, patches } from '../v1beta4/parts.ts';
import { nodeRegistration } from './parts.ts';

export const initConfiguration = documentOf({
  bootstrapTokens: list(bootstrapToken),
  nodeRegistration: nested(nodeRegistration),
  localAPIEndpoint: nested(apiEndpoint),
  certificateKey: text(),
  skipPhases: texts(),
  patches: nested(patches),
});

export type OldInit = v.InferOutput<typeof initConfiguration>;
