import { applyExtraPhases, makersIn } from 'phaserunner';
import { describe, expect, test } from 'vitest';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import { initContext } from '../../../test/fixtures/init-context.ts';
import { authorityResult } from '../../problems/results.ts';
import { showJoinCommand } from './phases.ts';
import { workflow } from './workflow.ts';

test.each([
  ['made up by this run', { generated: true }, false],
  ['named by the configuration', {}, true],
])('show-join-command on its own with a token %s: allowed %s', async (_, mark, allowed) => {
  const [token] = initConfig().bootstrapTokens;
  const config = initConfig({ bootstrapTokens: token === undefined ? [] : [{ ...token, ...mark }] });
  const [need] = showJoinCommand.needs ?? [];
  expect(typeof need === 'object' && (await need.there(initContext({ config })))).toBe(allowed);
});

test.each([
  [{ uploadCerts: false }, undefined, true],
  [{ uploadCerts: true }, undefined, false],
  [{ uploadCerts: true }, 'ab'.repeat(32), true],
])('show-join-command with %j and the key %s does without upload-certs: %s', async (...[options, certificateKey, allowed]) => {
  const config = initConfig(certificateKey === undefined ? {} : { certificateKey });
  const need = showJoinCommand.needs?.[1];
  expect(typeof need === 'object' && (await need.there(initContext({ config, options })))).toBe(allowed);
});

const makersOf = (entries: unknown) => makersIn(applyExtraPhases(workflow, entries, 'extra.mjs')).byResult.get(authorityResult('ca'));

describe('an extra phase in the place of one that makes what others need', () => {
  const brought = { name: 'ca', summary: 'Fetch the certificate authority', run: () => undefined };

  test.each([
    ['certs/ca', { ...brought, name: 'fetch' }, 'certs/fetch'],
    ['certs', { ...brought, name: 'fetch' }, 'fetch'],
  ])('makes what %s made', (replace, phase, path) => {
    expect(makersOf([{ replace, phase }])).toMatchObject([{ path }]);
  });

  test('cannot be left out', () => {
    expect(() => makersOf([{ remove: 'certs/ca' }])).toThrow('no phase but certs/ca makes certificate authority ca, which');
  });
});
