/** What a Go template is made of. */

export type Body = readonly Node[];

export type Node = Text | Output | Branch | Call | Jump;

export interface Text {
  readonly kind: 'text';
  readonly text: string;
}

/** `{{pipeline}}`. A pipeline that sets a variable prints nothing. */
export interface Output {
  readonly kind: 'output';
  readonly pipeline: Pipeline;
}

export interface Branch {
  readonly kind: 'if' | 'range' | 'with';
  readonly pipeline: Pipeline;
  readonly body: Body;
  /** Empty without `{{else}}`. */
  readonly otherwise: Body;
}

/** `{{template "name" pipeline}}` */
export interface Call {
  readonly kind: 'template';
  readonly name: string;
  readonly pipeline?: Pipeline;
  readonly offset: number;
}

export interface Jump {
  readonly kind: 'break' | 'continue';
}

/** `$name := command | command`. The value of each command is the last argument of the next. */
export interface Pipeline {
  /** Names with their `$`; only a range has two. */
  readonly variables: readonly string[];
  /** True for `=`, which changes variables that exist. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
  readonly offset: number;
}

/** A function with its arguments, or a single value. */
export interface Command {
  readonly first: Operand;
  readonly rest: readonly Operand[];
}

/** A value and the fields that are taken from it, one inside the other. */
export interface Operand {
  readonly term: Term;
  readonly fields: readonly { readonly name: string; readonly offset: number }[];
  readonly offset: number;
}

export type Term =
  | { readonly kind: 'dot' | 'nil' }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'variable' | 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline };

/** A whole source: its own body, and the bodies of `{{define}}` and `{{block}}` by name. */
export interface Template {
  readonly body: Body;
  readonly definitions: ReadonlyMap<string, Body>;
}
