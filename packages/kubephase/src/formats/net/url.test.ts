import { expect, test } from 'vitest';
import { urlScheme } from './url.ts';

test.each([
  ['unix:///some/path', 'unix'],
  ['unix:/run/x.sock', 'unix'],
  ['unix://tcp://1.2.3.4:5', 'unix'],
  ['unix://:::', 'unix'],
  ['https://10.100.0.1:2379', 'https'],
  ['https://[::1]:2379/x', 'https'],
  ['HTTPS://a', 'https'],
  ['unixfoo', ''],
  ['example.com', ''],
  ['/some/path', ''],
])('the scheme of %s is %j', (text, scheme) => {
  expect(urlScheme(text)).toEqual({ scheme });
});

test.each(['unix://[::1', 'unix:///a%zz', '10.100.0.1:2379', '::://example.com', 'https://a b/c', 'https://a:b', 'https://[::1]a', 'a\nb'])(
  '%j is not a URL',
  (text) => {
    expect(urlScheme(text)).toHaveProperty('fault');
  },
);
