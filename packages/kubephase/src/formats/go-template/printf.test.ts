import { describe, expect, it } from 'vitest';
import { printf } from './printf.ts';

describe('printf', () => {
  // What kubectl 1.32 prints for the same format and values.
  it.each<[string, readonly unknown[], string]>([
    ['%s|%d|%v|%q|%t', ['s', 5, 'v', 'q"', true], 's|5|v|"q\\""|true'],
    ['%5s|%-5s|%05d|%05s|%-05d|%-5d|', ['s', 's', -3, 'a', 4, 3], '    s|s    |-0003|0000a|4    |3    |'],
    ['%x %X %o %b %c %x', [255, 255, 8, 5, 65, 'hi'], 'ff FF 10 101 A 6869'],
    ['%6.2f %f %.0f %08.3f %+.1f', [7.12345, 1.5, 2.5, 7.12345, 2.25], '  7.12 1.500000 2 0007.123 +2.2'],
    ['%g %v %.1f %.2f %.0f %.0f', [2.5, 2.5, 0.25, 1.005, -0.5, 3.5], '2.5 2.5 0.2 1.00 -0 4'],
    ['%+d % d %+v %+d', [5, 5, -5, -5], '+5  5 -5 -5'],
    ['%10.3s|%.2v|%5t|%6q|%3c|', ['abcdef', 'abc', true, 'a', 65], '       abc|ab| true|   "a"|  A|'],
    ['%q %q %q %q', ['é\n\u0000', 65, 10, "'"], `"é\\n\\x00" 'A' '\\n' "'"`],
    ['%q %q', [39, 34], `'\\'' '"'`],
    ['%q', ['\u200b\u{e0001}\u007f'], '"\\u200b\\U000e0001\\x7f"'],
    ['%v %v %v', [['a', 1], { b: 1, a: null }, []], '[a 1] map[a:<nil> b:1] []'],
    ['%q %d', [['a'], [1, 2]], '["a"] [1 2]'],
    ['%3d|', [[1, 2]], '[  1   2]|'],
    ['%v %v', [null, undefined], '<nil> <nil>'],
    ['%d %s %q', [null, undefined, null], '%!d(<nil>) %!s(<nil>) %!q(<nil>)'],
    ['%s %d %t %q %d', [5, 'a', 'x', true, 1.5], '%!s(int=5) %!d(string=a) %!t(string=x) %!q(bool=true) %!d(float64=1.5)'],
    ['%5d', ['a'], '%!d(string=    a)'],
    ['%z', [1], '%!z(int=1)'],
    ['%d %s', [1], '1 %!s(MISSING)'],
    ['a', [1, 'b', null], 'a%!(EXTRA int=1, string=b, <nil>)'],
    ['%% 100%', [], '% 100%!(NOVERB)'],
    ['%5s|', ['é\u{1f600}'], '   é\u{1f600}|'],
  ])('%j with %j prints %j', (format, values, text) => {
    expect(printf(format, values, 0)).toBe(text);
  });

  it('prints whole numbers with the verbs for broken ones, which Go only marks', () => {
    expect(printf('%.0f %.1f %g', [31535829, 2, 7], 0)).toBe('31535829 2.0 7');
  });

  it.each<[unknown, string]>([
    ['%#v', 'printf does not offer %#v here'],
    ['%*d', 'printf does not offer %* here'],
    ['%[1]d', 'printf does not offer %[ here'],
    ['%e', 'printf does not offer %e here'],
    ['%T', 'printf does not offer %T here'],
    ['%.3g', 'printf does not offer %g with a precision here'],
    ['%1001d', 'printf: 1001 is more than 1000'],
    ['%.101f', 'printf: 101 is more than 100'],
    [5, 'the first argument of printf is a text'],
  ])('%j is a fault', (format, message) => {
    expect(() => printf(format, [1], 3)).toThrow(expect.objectContaining({ name: 'TemplateFault', message, offset: 3 }));
  });
});
