import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import type { MemoryRuntimeOptions } from '../clients/cri/memory/runtime.ts';
import type { Check } from './check.ts';
import { containerRuntimeVersion } from './container-runtime-version.ts';
import { cri } from './cri.ts';
import { performChecks } from './run.ts';

const reason = 'RuntimeReady is false: Starting: not yet';

interface Case {
  readonly check: Check;
  readonly runtime: MemoryRuntimeOptions;
  /** Severity and detail. */
  readonly expected: readonly (readonly [string, string | undefined])[];
}

const unheard = 'connect ECONNREFUSED unix:///run/memory.sock';
const version = containerRuntimeVersion;

test.each<[string, Case]>([
  ['a runtime that works', { check: cri, runtime: {}, expected: [] }],
  ['a runtime that is not ready', { check: cri, runtime: { unreadiness: reason }, expected: [['error', reason]] }],
  ['no runtime', { check: cri, runtime: { unreachable: true }, expected: [['error', unheard]] }],
  ['a runtime that tells its cgroup driver', { check: version, runtime: {}, expected: [] }],
  [
    'a runtime that does not tell its cgroup driver',
    {
      check: version,
      runtime: { tellsCgroupDriver: false },
      expected: [['warning', 'It does not know the call RuntimeConfig of the container runtime interface (https://kep.k8s.io/4033).']],
    },
  ],
  ['no runtime to ask', { check: version, runtime: { unreachable: true }, expected: [['error', unheard]] }],
])('%s is judged by its check', async (_, { check, runtime, expected }) => {
  const [outcome] = await performChecks([check], { context: checkContext({ runtime }), ignore: [] });
  expect(outcome?.findings.map(({ severity, detail }) => [severity, detail])).toEqual(expected);
});
