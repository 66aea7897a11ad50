import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from './parse.ts';
import { runTemplate } from './run.ts';

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

function print(template: string, allowMissingKeys = true): string {
  return runTemplate(parseTemplate(template), object, { allowMissingKeys });
}

/** The piece of the template that the fault points to, and its text. */
function fault(template: string, allowMissingKeys = true): unknown {
  try {
    return print(template, allowMissingKeys);
  } catch (error) {
    const { message, offset } = error as { readonly message: string; readonly offset: number };
    return [template.slice(offset, offset + 6), message];
  }
}

describe('values', () => {
  it.each([
    ['{{.kind}}', 'Thing'],
    ['{{ .kind }}{{"\\n"}}', 'Thing\n'],
    ['{{.m.a}}{{$.m.a}}{{(.m).a}}{{(index .xs 0).k}}', 'ttta'],
    ['{{.big}} {{.xs}}', '31535829 [map[k:a l:[1 2] meta:map[name:ma] v:1] map[k:b meta:map[name:mb] v:2.5] map[f:true k:c z:<nil>]]'],
    ['{{.m}}{{.e}}{{.eo}}', 'map[0:zero a:t a.b:dot nul:<nil> x-y:dash z:1][]map[]'],
    ['{{.s}}', 'qu"o<te>&é\n'],
    ['{{.nope}}{{.nope.x}}{{.m.nul}}{{.Kind}}', '<no value>'.repeat(4)],
    ["{{'a'}} {{'\\n'}} {{`raw\\n`}} {{\"t\\tab\\u00e9\\x41\"}}", '97 10 raw\\n t\tabéA'],
    [
      '{{0x1F}} {{1_000}} {{1e3}} {{1.5}} {{-7}} {{+7}} {{010}} {{0o17}} {{0b11}} {{.5}} {{1e21}} {{0.00001}}',
      '31 1000 1000 1.5 -7 7 8 15 3 0.5 1e+21 1e-05',
    ],
    ['{{true}} {{false}} {{("a")}}', 'true false a'],
    ['x{{"}}"}}y{{ "{{" }}', 'x}}y{{'],
    ['', ''],
  ])('%s prints %s', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it('whole numbers are printed in digits, where Go would print a broken constant with an exponent', () => {
    expect(print('{{1e6}} {{123456789.0}}')).toBe('1000000 123456789');
  });

  it('members of a prototype do not exist', () => {
    expect(print('{{.constructor}}{{.__proto__}}{{index .m "toString"}}')).toBe('<no value>'.repeat(3));
  });

  it.each([
    ['{{.kind.x}}', ['.x}}', '.x is asked of string, which has no members']],
    ['{{.xs.k}}', ['.k}}', '.k is asked of list, which has no members']],
    ['{{.m.nul.x}}', ['.x}}', '.x is asked of nil, which has no members']],
    ['{{.m.x-y}}', ['-y}}', '"-" cannot stand behind .x; a field with such a name is read with index']],
    ['{{.kind .m}}', ['.kind ', 'only functions take arguments']],
    ['{{.kind | .m}}', ['.m}}', 'only functions take arguments']],
    ['{{nil}}', ['nil}}', 'nil can only be an argument']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });
});

describe('missing members that are not allowed', () => {
  it.each(['{{.nope}}', '{{if .nope}}{{end}}', '{{range .nope}}{{end}}', '{{and .nope 1}}', '{{.nope.x}}'])('%s is a fault', (template) => {
    expect(fault(template, false)).toEqual([expect.stringMatching(/^\.nope/), 'there is no member .nope']);
  });

  it.each([
    ['{{index .m "q"}}{{.m.nul}}', '<no value><no value>'],
    ['{{exists . "nope"}}', 'false'],
  ])('%s is none', (template, text) => {
    expect(print(template, false)).toBe(text);
  });
});

describe('blanks and comments', () => {
  it.each([
    ['a  {{- .kind -}}  b', 'aThingb'],
    ['a\n{{- 3}} {{-3}} {{3 -}}\n b', 'a3 -3 3b'],
    ['a  {{- /* c */ -}}  b{{/* }} */}}c', 'abc'],
    ['{{- " a " -}}', ' a '],
    ['{{.kind -}} \u00a0', 'Thing\u00a0'],
    ['{{\n.kind\n}}', 'Thing'],
  ])('%j prints %j', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it.each([
    ['a{{ /* c */ }}b', ['/* c *', '"/" has no meaning here']],
    ['a{{/* c }}b', ['{{/* c', 'a comment has no closing */']],
    ['a{{/* c */ .kind}}b', [' .kind', 'behind a comment only }} may stand']],
    ['{{-/* c */-}}', ['-/* c ', '"-" has no meaning here']],
  ])('%j is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });

  it('text without actions comes through unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !text.includes('{{')),
        (text) => {
          expect(print(text)).toBe(text);
        },
      ),
    );
  });
});

describe('if and with', () => {
  it.each([
    ['{{if .kind}}y{{else}}n{{end}}{{if .nope}}y{{else}}n{{end}}', 'yn'],
    ['{{if .e}}y{{end}}{{if .eo}}y{{end}}{{if 0}}y{{end}}{{if ""}}y{{end}}{{if false}}y{{end}}{{if .m.nul}}y{{end}}', ''],
    ['{{if .xs}}a{{end}}{{if .m}}b{{end}}{{if -1}}c{{end}}{{if "0"}}d{{end}}', 'abcd'],
    ['{{if eq .kind "x"}}1{{else if eq .kind "Thing"}}2{{else}}3{{end}}', '2'],
    ['{{if .nope}}1{{else if .e}}2{{else}}3{{end}}', '3'],
    ['{{with .m}}{{.a}}{{$.kind}}{{end}}{{.kind}}', 'tThingThing'],
    ['{{with .nope}}a{{else}}b{{end}}{{with .nope}}a{{else with .m}}{{.a}}{{end}}', 'bt'],
    ['{{with $x := .m}}{{$x.a}}{{.a}}{{end}}', 'tt'],
    ['{{if $x := .kind}}{{$x}}{{end}}', 'Thing'],
  ])('%s prints %s', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it.each([
    ['{{if .kind}}', ['{{if .', 'the block has no {{end}}']],
    ['{{if .a}}{{else}}{{else}}{{end}}', ['{{else', '{{else}} does not fit here']],
    ['{{with .m}}{{else if .kind}}{{end}}', ['if .ki', 'if is not expected here']],
    ['a{{end}}', ['{{end}', '{{end}} closes nothing']],
    ['a{{else}}', ['{{else', '{{else}} closes nothing']],
    ['{{if}}a{{end}}', ['{{if}}', 'a value is missing']],
    ['{{if .a}}{{end .b}}', ['.b}}', '.b is not expected here']],
    ['{{if nil}}{{end}}', ['nil}}{', 'nil can only be an argument']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });

  it('nesting has a limit instead of an exhausted stack', () => {
    expect(fault('{{if 1}}'.repeat(10_000))).toEqual(['{{if 1', 'blocks are nested more than 200 deep']);
  });
});

describe('range', () => {
  it.each([
    ['{{range .xs}}{{.k}} {{end}}', 'a b c '],
    ['{{range .xs}}{{.v}},{{.meta.name}};{{end}}', '1,ma;2.5,mb;<no value>,<no value>;'],
    ['{{range $i, $x := .xs}}{{if $i}}, {{end}}{{$i}}={{$x.k}}{{end}}', '0=a, 1=b, 2=c'],
    ['{{range $x := .xs}}{{$x.k}}{{end}}', 'abc'],
    ['{{range .m}}{{.}} {{end}}', 'zero t dot <no value> dash 1 '],
    ['{{range $k, $v := .m}}{{$k}}={{$v}} {{end}}', '0=zero a=t a.b=dot nul=<no value> x-y=dash z=1 '],
    ['{{range .e}}a{{else}}none{{end}}{{range .nope}}a{{else}}none{{end}}{{range .m.nul}}a{{end}}', 'nonenone'],
    ['{{range $i, $x := .nope}}x{{else}}{{$i}}{{end}}', '<no value>'],
    ['{{range .xs}}{{if eq .k "b"}}{{continue}}{{end}}{{.k}}{{end}}', 'ac'],
    ['{{range .xs}}{{if eq .k "b"}}{{break}}{{end}}{{.k}}{{end}}', 'a'],
    ['{{range .xs}}{{range .l}}{{.}}{{break}}{{end}}{{.k}}{{end}}', '1abc'],
    ['{{range .xs}}{{$.kind}}{{end}}', 'ThingThingThing'],
  ])('%s prints %s', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it('goes over whole numbers, as in Go since 1.24', () => {
    expect(print('{{range 3}}{{.}}{{end}}{{range $i, $n := 2}}{{$i}}{{$n}}{{end}}{{range 0}}a{{else}}b{{end}}')).toBe('0120011b');
  });

  it.each([
    ['{{range .kind}}{{end}}', ['.kind}', 'range has no meaning for string']],
    ['{{range .big}}{{end}}', ['.big}}', 'range has no meaning for int']],
    ['{{range $a, $b, $c := .m}}{{end}}', ['$a, $b', 'no more than 2 variables can be set here']],
    ['{{break}}', ['{{brea', '{{break}} stands in no {{range}}']],
    ['{{range .xs}}{{else}}{{continue}}{{end}}', ['{{cont', '{{continue}} stands in no {{range}}']],
    ['{{range .xs}}{{else range .xs}}{{end}}', ['range ', 'range is not expected here']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });
});

describe('variables', () => {
  it.each([
    ['{{$x := .kind}}{{$x}}', 'Thing'],
    ['{{$x := 1}}{{$x = 2}}{{$x}}', '2'],
    ['{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}', '21'],
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{$x}}{{end}}{{$x}}', '22'],
    ['{{$x := 0}}{{range .xs}}{{$x = .k}}{{end}}{{$x}}', 'c'],
    ['{{range $x := .xs}}{{$x := 1}}{{$x}}{{end}}', '111'],
    ['{{$x := .m}}{{$x.a}}{{index $x "a.b"}}', 'tdot'],
  ])('%s prints %s', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it.each(['{{$y}}', '{{$y = 2}}', '{{if true}}{{$y := 1}}{{end}}{{$y}}', '{{$y := 1}}{{define "d"}}{{$y}}{{end}}', '{{$y := $y}}'])(
    '%s uses a variable that is not there',
    (template) => {
      expect(fault(template)).toEqual([expect.stringMatching(/^\$y/), 'there is no variable $y here']);
    },
  );

  it('only a range sets two', () => {
    expect(fault('{{$a, $b := .m}}')).toEqual(['$a, $b', 'no more than 1 variables can be set here']);
  });
});

describe('templates in templates', () => {
  it.each([
    ['{{define "t"}}[{{.}}]{{end}}{{template "t" .kind}}{{template "t"}}', '[Thing][<no value>]'],
    ['{{template "a"}}{{define "a"}}late{{end}}', 'late'],
    ['{{block "b" .kind}}<{{.}}>{{end}}', '<Thing>'],
    ['{{define "r"}}{{if .}}{{.}}{{template "r" (slice . 1)}}{{end}}{{end}}{{template "r" "abc"}}', 'abcbcc'],
    ['{{define "r"}}{{$.kind}}{{end}}{{template "r" .}}', 'Thing'],
  ])('%s prints %s', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it.each([
    ['{{template "nope" .}}', ['{{temp', 'the template "nope" is not defined']],
    ['{{template .kind}}', ['.kind}', 'the name of a template stands here, in quotes']],
    ['{{if 1}}{{define "b"}}x{{end}}{{end}}', ['{{defi', '{{define}} cannot stand inside another block']],
    ['{{define "a"}}x{{end}} {{define "a"}}y{{end}}', ['{{defi', 'the template "a" is defined twice']],
    ['{{define "r"}}{{template "r" .}}{{end}}{{template "r" .}}', ['{{temp', 'templates call each other more than 500 deep']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });
});

describe('functions', () => {
  it.each([
    ['{{.kind | printf "%s-%s" "a"}} {{"abc" | len | printf "%d"}} {{.kind|print "a"|print "b"}}', 'a-Thing 3 baThing'],
    ['{{len .xs}} {{len .m}} {{len .kind}} {{len "é"}} {{.metadata | print | len}}', '3 6 5 2 5'],
    ['{{index .xs 0 "k"}} {{index .m "a.b"}} {{index .xs 1 "meta" "name"}} {{index .kind 0}} {{index .e}}', 'a dot mb 84 []'],
    ['{{index .m "nope"}}', '<no value>'],
    [
      '{{slice .kind 1 3}} {{slice .kind 2}} {{slice "éa" 0 2}} {{len (slice .xs 1)}} {{slice .e}} {{len (slice .xs 1 2 3)}}',
      'hi ing é 2 [] 1',
    ],
    [
      '{{and 1 0 2}} {{or 0 "" "x" 3}} {{not 1}} {{not 0}} {{and true}} {{or false}} {{or .nope "default"}}',
      '0 x false true true false default',
    ],
    ['{{and .nope .nope.x}} {{and .nope (len 1)}} {{or 1 (len 1)}} {{2 | and 1}}', '<no value> <no value> 1 2'],
    ['{{eq 1 1}} {{eq 1 2 1}} {{eq "a" "b"}} {{ne 1 2}} {{eq true true}} {{eq .big 31535829}}', 'true true false true true true'],
    ['{{lt 1 2}} {{le 2 2}} {{gt 1 2}} {{ge 2 2}} {{lt "a" "b"}} {{gt "a" "b"}}', 'true true false true true false'],
    ['{{eq .nope nil}} {{eq .nope "a"}} {{ne .nope "a"}} {{eq .m.nul .nope}} {{eq "a" nil}}', 'true false true true false'],
    [
      '{{print "a" 1 2 "b" "c" 3.5 true}} {{print 1 2}} {{print "a" "b"}} {{print true false nil}}{{print}}',
      'a1 2bc3.5 true 1 2 ab true false <nil>',
    ],
    ['{{println "a" 1 true}}.{{print .m.nul .e}}', 'a 1 true\n.<nil> []'],
    ['{{base64decode "aGVsbG8="}}{{base64decode ""}}', 'hello'],
    [
      '{{exists . "m" "a"}} {{exists . "m" "q"}} {{exists .xs 0 "k"}} {{exists .xs 7}} {{exists . "nope" "x"}} {{exists .m "nul"}} {{exists .}}',
      'true false true false false false true',
    ],
    ['{{exists .kind "a"}} {{exists .kind 0}} {{exists .m 1}} {{exists .xs "a"}}', 'false true false false'],
    ['{{if and (eq .kind "Thing") (gt (len .xs) 2)}}y{{end}} {{print (print "a") (1)}}', 'y a1'],
  ])('%s prints %s', (template, text) => {
    expect(print(template)).toBe(text);
  });

  it('compare whole and broken numbers, which Go refuses', () => {
    expect(print('{{eq 1 1.0}} {{lt .big 1e9}} {{gt (index .xs 1).v 2}}')).toBe('true true true');
  });

  it.each([
    ['{{foo}}', ['foo}}', expect.stringMatching(/^foo: there is no such function; the functions are and, base64decode, .*, slice$/)]],
    ['{{html .s}}', ['html .', expect.stringMatching(/^html: Go has this function, but it is not offered here; /)]],
    ['{{len .nope}}', ['len .n', 'len has no meaning for nil']],
    ['{{len .big}}', ['len .b', 'len has no meaning for int']],
    ['{{len}}', ['len}}', 'len cannot take 0 arguments']],
    ['{{not 1 2}}', ['not 1 ', 'not cannot take 2 arguments']],
    ['{{index .xs 9}}', ['index ', 'the list has no position 9']],
    ['{{index .xs -1}}', ['index ', 'the list has no position -1']],
    ['{{index .xs "a"}}', ['index ', 'the position in a list is a whole number, not string']],
    ['{{index .m 0}}', ['index ', 'index needs a text to find a member of an object, not int']],
    ['{{index .nope "a"}}', ['index ', 'index has no meaning for nil']],
    ['{{slice .kind 3 1}}', ['slice ', 'the slice begins at 3, behind its end 1']],
    ['{{slice .kind 1 99}}', ['slice ', 'the list has no position 99']],
    ['{{slice .kind 1 2 3}}', ['slice ', 'slice takes two bounds for a text']],
    ['{{slice .m 1}}', ['slice ', 'slice has no meaning for map']],
    ['{{eq .kind 1}}', ['eq .ki', 'a string cannot be compared with a number']],
    ['{{eq .xs .xs}}', ['eq .xs', 'a list cannot be compared']],
    ['{{lt .nope 1}}', ['lt .no', 'only numbers and texts have an order']],
    ['{{lt true false}}', ['lt tru', 'only numbers and texts have an order']],
    ['{{base64decode "!!"}}', ['base64', 'base64decode needs a text in base64 with padding']],
    ['{{base64decode .s}}', ['base64', 'base64decode needs a text in base64 with padding']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });
});

describe('syntax', () => {
  it.each([
    ['{{.kind', ['{{.kin', 'an action has no closing }}']],
    ['{{}}', ['{{}}', 'a value is missing']],
    ['{{"a}}', ['"a}}', 'a quoted text has no end']],
    ["{{'ab'}}", ["'ab'}}", `'ab' is not one character; texts stand in "`]],
    ['{{"\\q"}}', ['\\q"}}', '\\q is not an escape']],
    ['{{0b2}}', ['0b2}}', '0b2 is not a number']],
    ['{{1__0}}', ['1__0}}', '1__0 is not a number']],
    ['{{1a}}', ['a}}', '"a" cannot stand behind 1']],
    ['{{|.kind}}', ['|.kind', 'a value is missing in front of |']],
    ['{{.kind|}}', ['{{.kin', 'a value is missing']],
    ['{{(.kind}}', ['(.kind', '"(" has no closing ")"']],
    ['{{.kind)}}', [')}}', ') is not expected here']],
    ['{{.kind,}}', [',}}', ', cannot follow without a blank']],
    ['{{print(1)}}', ['(1)}}', '( cannot follow without a blank']],
    ['{{"a".kind}}', ['.kind}', '"a" has no field .kind']],
    ['{{..kind}}', ['.kind}', '. has no field .kind']],
    ['{{#}}', ['#}}', '"#" has no meaning here']],
  ])('%s is a fault', (template, expected) => {
    expect(fault(template)).toEqual(expected);
  });

  it('any template prints something or has a fault that lies in it', () => {
    const part = fc.constantFrom(
      '{{',
      '}}',
      '{{- ',
      ' -}}',
      'if ',
      'else',
      'end',
      'range ',
      'with ',
      '.xs',
      '.k',
      '$',
      '$x',
      ':=',
      '=',
      '|',
      '(',
      ')',
      '"a"',
      '1',
      ' ',
      ',',
      'index ',
      'len ',
      'text',
      '{{end}}',
      '{{if .m}}',
      '{{range $i, $x := .xs}}',
      '{{.kind}}',
      'break',
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
