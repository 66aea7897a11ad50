import { describe, expect, it } from 'vitest';
import { maskObject } from './mask.ts';

describe('maskObject', () => {
  it('replaces the values of a Secret by their sizes', () => {
    const secret = {
      kind: 'Secret',
      metadata: { name: 'bootstrap-token-abcdef' },
      data: { 'token-secret': Buffer.from('0123456789abcdef').toString('base64'), empty: null },
      stringData: { word: 'grün' },
    };
    expect(maskObject(secret, 'Secret')).toEqual({
      kind: 'Secret',
      metadata: { name: 'bootstrap-token-abcdef' },
      data: { 'token-secret': '<masked, 16 bytes>', empty: '<masked>' },
      stringData: { word: '<masked, 5 bytes>' },
    });
  });

  it('masks a patch for a Secret as well', () => {
    expect(maskObject({ data: { key: 'YWJj' } }, 'Secret')).toEqual({ data: { key: '<masked, 3 bytes>' } });
  });

  it('takes bootstrap tokens out of any text', () => {
    const map = { kind: 'ConfigMap', data: { config: 'token: "abcdef.0123456789abcdef"\n' }, list: ['abcdef.0123456789abcdef'] };
    expect(maskObject(map, 'ConfigMap')).toEqual({
      kind: 'ConfigMap',
      data: { config: 'token: "<masked token>"\n' },
      list: ['<masked token>'],
    });
  });

  it('keeps cluster-info, which everybody may read, and names that look like half a token', () => {
    const map = {
      kind: 'ConfigMap',
      metadata: { name: 'cluster-info', namespace: 'kube-public' },
      data: { kubeconfig: 'server: https://192.0.2.10:6443\n', 'jws-kubeconfig-abcdef': 'eyJh..x' },
      name: 'system.certificatesabcd.k8s.io',
    };
    expect(maskObject(map, 'ConfigMap')).toEqual(map);
  });
});
