import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonPath } from './parse.ts';
import { printJsonPath, type JsonPathOptions } from './print.ts';

// The expected texts of this file were printed by kubectl 1.32 for the same object, unless a name says otherwise.
const object = {
  kind: 'Thing',
  s: 'qu"o<te>&é\n',
  big: 31535829,
  e: [],
  eo: {},
  m: { z: 1, a: 't', nul: null, 'a.b': 'dot', 'x-y': 'dash', '0': 'zero' },
  xs: [
    { k: 'a', v: 1, l: [1, 2], meta: { name: 'ma' } },
    { k: 'b', v: 2.5, meta: { name: 'mb' } },
    { k: 'c', f: true, z: null },
  ],
};

function print(template: string, options: Partial<JsonPathOptions> = {}): string {
  return printJsonPath(parseJsonPath(template), object, { allowMissingKeys: true, asJson: false, ...options });
}

/** Text of the fault and the piece of the template that it points to. */
function fault(template: string, options: Partial<JsonPathOptions> = {}): unknown {
  try {
    return print(template, options);
  } catch (error) {
    const { message, offset } = error as { readonly message: string; readonly offset: number };
    return [template.slice(offset, offset + 5), message];
  }
}

describe('fields', () => {
  it.each([
    ['{.kind}', 'Thing'],
    ['{ .kind }', 'Thing'],
    ['{$.kind}{@.kind}', 'ThingThing'],
    ["{['kind']}", 'Thing'],
    ['{.xs[0].meta.name}', 'ma'],
    [String.raw`{.m.a\.b}`, 'dot'],
    [String.raw`{.m['a\.b']}`, 'dot'],
    ["{.xs[*]['meta.name']}", 'ma mb'],
    ['{.m.x-y}', 'dash'],
    ['{.m.0}', 'zero'],
    ['{.s}', 'qu"o<te>&é\n'],
    ['{.big}', '31535829'],
    ['{.m}', '{"0":"zero","a":"t","a.b":"dot","nul":null,"x-y":"dash","z":1}'],
    ['{.m.nul}', 'null'],
    ['{.m.*}', 'zero t dot null dash 1'],
    ['{.e}{.eo}', '[]{}'],
    ['{.eo.*}{.e[*]}', ''],
    ['{.nope}{.nope.x}{.kind.x}{.xs.k}', ''],
    ['{.}', ''],
    ['{.kind .apiVersion}', ''],
    ['{.xs[*] .k}', 'a b c'],
  ])('%s prints %j', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it('names in double quotes, which kubectl refuses, are names too', () => {
    expect(print('{.m["a"]}{.m["z","x-y"]}')).toBe('t1 dash');
  });

  it('of a prototype are no fields', () => {
    expect(print('{.constructor}{.xs.length}{.__proto__}{.kind.length}')).toBe('');
  });
});

describe('lists', () => {
  it.each([
    ['{.xs[0].k}{.xs[-1].k}', 'ac'],
    ['{.xs[*].k}', 'a b c'],
    ['{.xs[0:2].k}', 'a b'],
    ['{.xs[0:3:2].k}', 'a c'],
    ['{.xs[::2].k}', 'a c'],
    ['{.xs[-2:].k}', 'b c'],
    ['{.xs[:-1].k}', 'a b'],
    ['{.xs[:].k}', 'a b c'],
    ['{.xs[1:1].k}', ''],
    ['{.xs[0,2].k}', 'a c'],
    ['{.xs[0, 1:3].k}', 'a b c'],
    ['{.xs[0:2,0].k}', 'a b a'],
    ["{.xs[*]['k','v']}", 'a b c 1 2.5'],
    ["{.xs['*'].k}", 'a b c'],
    ['{.xs[2]}', '{"f":true,"k":"c","z":null}'],
    ['{.xs[1:]}', '{"k":"b","meta":{"name":"mb"},"v":2.5} {"f":true,"k":"c","z":null}'],
    ['{.nope[0]}{.m.nul[0]}{.m.nul[*]}', ''],
  ])('%s prints %j', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it.each([
    ['{.xs[3].k}', ['3].k}', 'the list has 3 items, numbered from 0, and none at 3']],
    ['{.xs[-4].k}', ['-4].k', 'the list has 3 items, numbered from 0, and none at -1']],
    ['{.xs[0:10].k}', ['0:10]', 'the list has 3 items, numbered from 0, and none at 9']],
    ['{.e[0]}', ['0]}', 'the list has 0 items, numbered from 0, and none at 0']],
    ['{.xs[2:1].k}', ['2:1].', 'the slice begins at 2, behind its end 1']],
    ['{.xs[::-1].k}', ['::-1]', 'the step of a slice has to be positive']],
    ['{.m[0]}', ['0]}', 'the value in front of the brackets is not a list']],
    ['{.kind[*]}', ['*]}', 'the value in front of the brackets is not a list']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });

  it('slices agree with those of JavaScript inside the bounds', () => {
    const bounds = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })).filter(([from, to]) => from <= to);
    fc.assert(
      fc.property(bounds, ([from, to]) => {
        const names = object.xs.slice(from, to).map(({ k }) => k);
        expect(print(`{.xs[${from}:${to}].k}`)).toBe(names.join(' '));
        if (from < 3 && to > 0 && to < 3) expect(print(`{.xs[${from - 3}:${to - 3}].k}`)).toBe(names.join(' '));
      }),
    );
  });
});

describe('descendants', () => {
  it.each([
    ['{..k}', 'a b c'],
    ['{..name}', 'ma mb'],
    ['{.xs..k}', 'a b c'],
    ['{.xs[0]..name}', 'ma'],
    ['{..meta.name}', 'ma mb'],
    ['{..xs[0].k}', 'a'],
    ["{..['k']}", 'a b c'],
    ['{..l}', '[1,2]'],
    ['{.m..}', '{"0":"zero","a":"t","a.b":"dot","nul":null,"x-y":"dash","z":1} zero t dot dash'],
  ])('%s prints %j', (template, text) => {
    expect(print(template)).toBe(text);
  });
});

describe('filters', () => {
  it.each([
    ['{.xs[?(@.k=="a")].v}', '1'],
    ["{.xs[?(@.k=='a')].v}", '1'],
    ['{.xs[?( @.k == "a" )].v}', '1'],
    ['{.xs[?(.k=="a")].v}', '1'],
    ['{.xs[?("a"==@.k)].v}', '1'],
    ['{.xs[?(@.k!="a")].k}', 'b c'],
    ['{.xs[?(@.k<"b")].k}', 'a'],
    ['{.xs[?(@.k<="b")].k}', 'a b'],
    ['{.xs[?(@.k>"b")].k}', 'c'],
    ['{.xs[?(@.k>="b")].k}', 'b c'],
    ['{.xs[?(@.f==true)].k}', 'c'],
    ['{.xs[?(@.f!=false)].k}', 'c'],
    ['{.xs[?(@.l)].k}', 'a'],
    ['{.xs[?(@.z)].k}', 'c'],
    ['{.xs[?(@)].k}{.xs[?()].k}', 'a b ca b c'],
    ['{.xs[?(@.meta.name=="ma")].k}', 'a'],
    ["{.xs[?(@.meta['name']=='ma')].k}", 'a'],
    ['{.xs[?(@.l[0]==1)].k}', 'a'],
    ['{.xs[*].l[?(@>1)]}', '2'],
    ['{.xs[?(@.k==@.k)].k}', 'a b c'],
    ["{.xs[?(@.k=='a')]['k','v']}", 'a 1'],
    ['{.xs[?(@.k=="a)]")].k}', ''],
    ['{.xs[?(@.nope=="a")].k}', ''],
    ['{.xs[?($.kind=="Thing")].k}', ''],
  ])('%s prints %j', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it('compare whole and broken numbers, which kubectl refuses', () => {
    expect(print('{.xs[?(@.v>1)].k}{.xs[?(@.v==1.0)].k}{.xs[?(@.v<=2.5)].k}')).toBe('baa b');
  });

  it.each([
    ['{.xs[?(@.k==1)].k}', ['?(@.k', 'a string cannot be compared with a number']],
    ['{.xs[?(@.l==1)].k}', ['?(@.l', 'only texts, numbers and booleans can be compared']],
    ['{.xs[?(@.l[*]==1)].k}', ['?(@.l', 'a filter can compare one value at a time']],
    ['{.xs[?(@.f<true)].k}', ['?(@.f', 'booleans have no order, so no <']],
    ['{.m[?(@.k=="a")]}', ['?(@.k', 'the value in front of the brackets is not a list']],
    ['{.xs[?(@.k=a)].k}', ['=a)].', 'a filter knows ==, !=, <, <=, >, >= and no "="']],
    ['{.xs[?(@.k=~"a")].k}', ['=~"a"', 'a filter knows ==, !=, <, <=, >, >= and no "=~"']],
    ['{.xs[?(@.k==)].k}', ['?(@.k', 'a comparison needs a value on each side']],
    ['{.xs[?(@.k=="a" && @.v==1)].k}', ['&& @.', '"&" has no meaning here']],
    ['{.xs[?(@.k=="a"]}', ['?(@.k', 'a filter has the form ?(…)']],
    ['{.xs[?(@.z==null)].k}', ['null)', '"null" is neither a text in quotes nor a path; a path begins with a dot']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });
});

describe('ranges', () => {
  it.each([
    [String.raw`{range .xs[*]}{.k}{"\t"}{.meta.name}{"\n"}{end}`, 'a\tma\nb\tmb\nc\t\n'],
    ['{range .xs[*]}[{.k},{.v}] {end}done', '[a,1] [b,2.5] [c,] done'],
    ['{ range .xs[*] }{@.k}{ end }', 'abc'],
    ['{range .xs}{@[0].k}{end}', 'a'],
    ['{range .m.*}{@};{end}', 'zero;t;dot;null;dash;1;'],
    ['{range .xs[*]}{range .l[*]}{@},{end};{end}', '1,2,;;;'],
    ['{range .xs[*].k}{@}-{end}', 'a-b-c-'],
    ['{range .xs[?(@.k!="b")]}{.k}{end}{range .xs[0,1]}{.v}{end}', 'ac12.5'],
    ['{range .e[*]}{range .xs[*]}y{end}a{end}{range .nope[*]}c{end}b', 'b'],
    ['{range .xs[*]}{$.kind}{end}', ''],
    ['{range .xs[*]}{.k}', 'abc'],
    ['{range}{.kind}{end}', 'Thing'],
  ])('%s prints %j', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it('an end without a range is a fault', () => {
    expect(fault('{range .xs[*]}a{end}{end}')).toEqual(['end}', '"end" closes no range']);
  });
});

describe('texts', () => {
  it('an empty action prints the whole object', () => {
    expect(JSON.parse(print('{}'))).toEqual(object);
    expect(print('{@}')).toContain('"s":"qu\\"o\\u003cte\\u003e\\u0026é\\n"');
  });

  it.each([
    ['kind is {.kind}!', 'kind is Thing!'],
    ['.kind', '.kind'],
    [String.raw`a}b\n`, String.raw`a}b\n`],
    ['{.kind}}', 'Thing}'],
    ['{"}"}{"{"}', '}{'],
    [String.raw`{"a\tb\n"}{'it\'s'}{"\u00e9"}`, "a\tb\nit'sé"],
    ['{.kind "a"}{"a" "b"}{"a" .kind}', 'ab'],
    ['{5}{-5.5}{+5}{true}{false}', '5-5.55truefalse'],
    ['', ''],
  ])('%j prints %j', (template, text) => {
    expect(print(template)).toEqual(text);
  });

  it.each([
    ['{.kind', ['{.kin', '"{" has no closing "}"']],
    ['a{"b}', ['"b}', 'a quoted text has no end']],
    ['{.xs[}', ['[}', '"[" has no closing "]"']],
    ['{.xs[a]}', ['a]}', '"a" is neither an index nor a slice nor a name in quotes']],
    ['{.xs[1:2:3:4]}', ['1:2:3', '"1:2:3:4" is neither an index nor a slice nor a name in quotes']],
    ['{kind}', ['kind}', '"kind" is neither a text in quotes nor a path; a path begins with a dot']],
    ['{*}', ['*}', '"*" has no meaning here']],
    ['{{.kind}}', ['{.kin', '"{" has no meaning here']],
    ['{.kind,.s}', [',.s}', '"," has no meaning here']],
    ['{...}', ['...}', '"..." has no meaning']],
    ['{1.2.3}', ['1.2.3', '"1.2.3" is not a number']],
    [String.raw`{"\q"}`, [String.raw`\q"}`, String.raw`\q is not an escape`]],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });

  it('without braces come through unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !text.includes('{')),
        (text) => {
          expect(print(text)).toBe(text);
        },
      ),
    );
  });

  it('of any kind print something or are a fault that lies in the template', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '?',
      '.',
      '..',
      '*',
      '@',
      '$',
      ',',
      ':',
      '-1',
      '==',
      '"a"',
      "'k'",
      '\\',
      'xs',
      'k',
      'range ',
      'end',
      ' ',
      '{.xs[',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const template = parts.join('');
        try {
          expect(print(template)).toBeTypeOf('string');
        } catch (error) {
          expect(error).toMatchObject({ name: 'TemplateFault' });
          expect((error as { readonly offset: number }).offset).toBeLessThanOrEqual(template.length);
        }
      }),
    );
  });
});

describe('missing fields that are not allowed', () => {
  it.each([
    ['{.nope.x}', ['nope.', 'there is no field "nope"']],
    ['{.m.nul.x}', ['x}', 'there is no field "x"']],
    ['{..nope}', ['nope}', 'there is no field "nope"']],
    ['{.xs[*].nope}', ['nope}', 'there is no field "nope"']],
    ["{.xs[0]['k','nope']}", ["nope'", 'there is no field "nope"']],
    ['{.xs[?(@.nope=="a")].k}', ['nope=', 'there is no field "nope"']],
    ['{range .xs[*]}{.v}{end}', ['v}{en', 'there is no field "v"']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template, { allowMissingKeys: false })).toEqual(expected);
  });

  it.each([
    ['{.xs[*].v}', '1 2.5'],
    ['{.xs[?(@.nope)].k}', ''],
    ['{.e[*].a}{.m.nul}', 'null'],
  ])('%s is none, because some value has the field or nothing was asked', (template, text) => {
    expect(print(template, { allowMissingKeys: false })).toBe(text);
  });
});

describe('as JSON', () => {
  it.each([
    ['{.xs[*].k}', '[\n    "a",\n    "b",\n    "c"\n]\n'],
    ['{.nope}', '[]\n'],
    ['{.xs[2]}', '[\n    {\n        "f": true,\n        "k": "c",\n        "z": null\n    }\n]\n'],
    ['{.s}', '[\n    "qu\\"o\\u003cte\\u003e\\u0026é\\n"\n]\n'],
    ['text{.kind}', '[\n    "text"\n]\n[\n    "Thing"\n]\n'],
    ['{range .xs[*]}{.k}{end}', '[\n    "a"\n]\n[\n    "b"\n]\n[\n    "c"\n]\n'],
  ])('%s prints a list for every text and action', (template, text) => {
    expect(print(template, { asJson: true })).toBe(text);
  });
});
