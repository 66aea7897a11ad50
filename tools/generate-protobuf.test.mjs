import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the modules for protobuf are those that the .proto files give', () => {
  const tool = fileURLToPath(new URL('generate-protobuf.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [tool, 'verify'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
