/** The client of the container runtime on Bun, on which the executable is built. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryRuntime } from '../../src/clients/cri/memory.ts';
import { serveRuntime, type SocketServer } from '../fixtures/cri-server.ts';

const bun = fileURLToPath(new URL('../../../../node_modules/.bin/bun', import.meta.url));
/** Says where the sources of the packages are. */
const testConfig = fileURLToPath(new URL('../../../../tsconfig.test.json', import.meta.url));
const client = fileURLToPath(new URL('../../src/clients/cri/real/runtime.ts', import.meta.url));
const wrongImage = 'registry.example/wrong:v1';

/** Prints the answers, and the problem of a call that failed in place of its answer. */
const script = `
const { createRealRuntime } = await import(${JSON.stringify(client)});
const answers = [];
const ask = async (call) => answers.push((await call.catch(({ problem: { code, detail } }) => ({ code, detail }))) ?? null);
const runtime = createRealRuntime(process.argv.at(-1));
await ask(runtime.version());
await ask(runtime.sandboxImage());
await ask(runtime.tellsCgroupDriver());
await ask(runtime.pullImage('registry.example/right:v1'));
await ask(runtime.hasImage('registry.example/right:v1'));
await ask(runtime.pullImage(${JSON.stringify(wrongImage)}));
await ask(createRealRuntime('unix:///nowhere.sock').version());
console.log(JSON.stringify(answers));
`;

describe.skipIf(!existsSync(bun))('the client of the container runtime on Bun', () => {
  let server: SocketServer;
  beforeAll(async () => {
    const runtime = createMemoryRuntime({
      sandboxImage: 'registry.example/pause:3.10.2',
      tellsCgroupDriver: false,
      pulls: { [wrongImage]: [{ error: 'not found' }] },
    });
    server = await serveRuntime({ runtime });
  });
  afterAll(() => server.close());

  it('answers and fails as on Node', async () => {
    const { stdout } = await promisify(execFile)(bun, [`--tsconfig-override=${testConfig}`, '-e', script, server.socket]);
    expect(JSON.parse(stdout)).toEqual([
      { runtimeName: 'memory', runtimeVersion: '1.0.0', apiVersion: 'v1' },
      'registry.example/pause:3.10.2',
      false,
      null,
      true,
      { code: 'IMAGE_PULL_FAILED', detail: 'not found' },
      { code: 'CRI_UNREACHABLE', detail: 'connect ENOENT /nowhere.sock' },
    ]);
  });
});
