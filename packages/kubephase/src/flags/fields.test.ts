import { expect, test } from 'vitest';
import { clusterConfiguration, initConfiguration } from '../config/schema/v1beta4.ts';
import { structureFaults } from '../config/schema/check.ts';
import { fieldsOfFlags, flagsAgainstConfig } from './fields.ts';
import { flags as allFlags, type FlagName } from './flags.ts';
import { initFields } from './init.ts';

test('the key of each row is the name of its flag', () => {
  for (const [key, flag] of Object.entries(allFlags)) expect(flag.name).toBe(key);
});

test('each field that a flag sets exists in the newest API version', () => {
  const schemas = { InitConfiguration: initConfiguration, ClusterConfiguration: clusterConfiguration };
  const names = Object.keys(initFields.fields) as readonly FlagName[];
  const given = Object.fromEntries(names.map((name) => [name, allFlags[name].type === 'map' ? {} : 'x']));
  const { documents, flags } = fieldsOfFlags(initFields, given);
  expect(Object.keys(documents).sort()).toEqual(Object.keys(schemas).sort());
  expect(flags.size).toBe(names.length);
  for (const [kind, schema] of Object.entries(schemas)) expect(structureFaults(schema, documents[kind])).toEqual([]);
});

test('maps become arguments or switches, and paths become objects and lists', () => {
  const { documents, flags } = fieldsOfFlags(initFields, {
    'scheduler-extra-args': { a: '1', b: '' },
    'feature-gates': { A: 'T', B: 'false', C: 'perhaps' },
    token: 'x',
    'token-ttl': '1h',
    'dry-run': true,
  });
  expect(documents).toEqual({
    ClusterConfiguration: {
      scheduler: {
        extraArgs: [
          { name: 'a', value: '1' },
          { name: 'b', value: '' },
        ],
      },
      featureGates: { A: true, B: false, C: 'perhaps' },
    },
    InitConfiguration: { bootstrapTokens: [{ token: 'x', ttl: '1h' }] },
  });
  expect(flags.get('InitConfiguration.bootstrapTokens.0.ttl')).toBe('--token-ttl');
});

test('only flags that set a field and have no place beside a file are against it', () => {
  const flags = { 'service-cidr': 'x', 'cert-dir': 'x', 'node-name': 'x', 'dry-run': true, 'skip-phases': ['x'], v: 3 };
  expect(flagsAgainstConfig(initFields, flags)).toEqual(['cert-dir', 'service-cidr']);
});
