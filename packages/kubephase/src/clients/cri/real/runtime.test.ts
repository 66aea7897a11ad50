import { expect, it } from 'vitest';
import { readSandboxImage } from './runtime.ts';

it.each([
  ['{"sandboxImage":"registry.k8s.io/pause:3.10.2","x":1}', 'registry.k8s.io/pause:3.10.2'],
  ['{"sandboxImage":""}', undefined],
  ['{"sandboxImage":3}', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['{"sandboxImage":', undefined],
  ['', undefined],
  [undefined, undefined],
])('a configuration %j tells the sandbox image %j', (config, expected) => {
  expect(readSandboxImage(config)).toBe(expected);
});
