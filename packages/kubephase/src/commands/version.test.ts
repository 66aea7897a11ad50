import { expect, it } from 'vitest';
import { referenceVersion } from '../product.ts';
import { versionText } from './version.ts';

it('has every field that the version of kubeadm has, as text', () => {
  const { clientVersion } = JSON.parse(versionText('kubeadm', 'json')) as { readonly clientVersion: Readonly<Record<string, unknown>> };
  expect(Object.keys(clientVersion)).toEqual([
    'major',
    'minor',
    'gitVersion',
    'gitCommit',
    'gitTreeState',
    'buildDate',
    'goVersion',
    'compiler',
    'platform',
  ]);
  expect(Object.values(clientVersion).filter((value) => typeof value !== 'string')).toEqual([]);
  expect(clientVersion).toMatchObject({ major: '1', gitVersion: referenceVersion });
});
