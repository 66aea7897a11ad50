import { describe, expect, test } from 'vitest';
import { mergeArguments, mergeEnvironment, metricsTarget, proxyVariables } from './container.ts';

const args = (...pairs: readonly string[]) =>
  pairs.map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }));

describe('arguments', () => {
  test('the user’s follow in their order, with duplicates, and replace defaults of the same name', () => {
    const merged = mergeArguments({ b: '2', a: '1', c: undefined, d: '' }, args('z=1', 'a=x', 'a=w'), 'appended');
    expect(merged).toEqual(['--b=2', '--d=', '--z=1', '--a=x', '--a=w']);
  });

  test('sorted, all go by name, and those of one name keep the order in which they were given', () => {
    expect(mergeArguments({ b: '2', d: '1' }, args('a=x', 'a=w', 'c='), 'sorted')).toEqual(['--a=x', '--a=w', '--b=2', '--c=', '--d=1']);
  });
});

describe('environment', () => {
  test('proxy variables are found in any case, empty ones are not', () => {
    const environment = {
      HTTP_PROXY: 'a',
      no_proxy: 'b',
      Foo_Proxy: 'c',
      HTTPS_PROXY: '',
      PROXY: 'd',
      http_proxy_x: 'e',
      all_proxy: undefined,
    };
    expect(proxyVariables(environment).map(({ name }) => name)).toEqual(['HTTP_PROXY', 'no_proxy', 'Foo_Proxy']);
  });

  test('a reference to a field gets an API version, others stay', () => {
    const secret = { secretKeyRef: { name: 's', key: 'k' } };
    const given = { fieldRef: { apiVersion: 'v2', fieldPath: 'x' } };
    const merged = mergeEnvironment([
      { name: 'C', valueFrom: secret },
      { name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'B', valueFrom: given },
    ]);
    expect(merged).toEqual([
      { name: 'A', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
      { name: 'B', valueFrom: given },
      { name: 'C', valueFrom: secret },
    ]);
  });

  test('no variables, no list', () => {
    expect(mergeEnvironment([], [])).toBeUndefined();
  });
});

describe('where etcd serves its metrics', () => {
  const fallback = { host: '127.0.0.1', port: 2381, scheme: 'HTTP' } as const;

  test.each<[string | undefined, string, number, 'HTTP' | 'HTTPS']>([
    [undefined, '127.0.0.1', 2381, 'HTTP'],
    ['', '127.0.0.1', 2381, 'HTTP'],
    ['https://[::1]:9381,http://127.0.0.1:2381', '::1', 9381, 'HTTPS'],
    ['http://0.0.0.0:80', '0.0.0.0', 80, 'HTTP'],
    ['http://:9000', '127.0.0.1', 9000, 'HTTP'],
    ['https://metrics.local', 'metrics.local', 2381, 'HTTPS'],
    ['http://10.0.0.1:0', '10.0.0.1', 2381, 'HTTP'],
    ['http://10.0.0.1:70000', '10.0.0.1', 2381, 'HTTP'],
    ['http://10.0.0.1:port', '127.0.0.1', 2381, 'HTTP'],
    ['not a url', '127.0.0.1', 2381, 'HTTP'],
  ])('%s', (...row) => {
    const [urls, host, port, scheme] = row;
    expect(metricsTarget(urls, fallback)).toEqual({ host, port, scheme });
  });
});
