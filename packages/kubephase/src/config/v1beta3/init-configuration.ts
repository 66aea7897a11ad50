/** Schema of InitConfiguration in v1beta3. */
import type * as v from 'valibot';
import { documentOf, nested } from '../schema/field.ts';
import * as v1beta4 from '../v1beta4/init-configuration.ts';
import { nodeRegistration } from './parts.ts';

const { dryRun: _switchSince31, timeouts: _waitsSince31, ...same } = v1beta4.initConfiguration.entries;

export const initConfiguration = documentOf({
  ...same,
  nodeRegistration: nested(nodeRegistration, 'How this node is registered.'),
});

export type OldInit = v.InferOutput<typeof initConfiguration>;
