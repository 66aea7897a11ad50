/** What a JSONPath template is made of. */

export type Template = readonly Part[];

/** Something that prints, one behind the other. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly steps: readonly Step[] }
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: Template };

/** What turns a list of values into another list of values. Every step begins with what the one before found. */
export type Step = Literal | Field | Everything | Descendants | Items | Union | Filter;

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean;
}

/** `.name` */
export interface Field {
  readonly kind: 'field';
  readonly name: string;
  readonly offset: number;
}

/** `.*` */
export interface Everything {
  readonly kind: 'everything';
}

/** `..`: the value and all inside it. */
export interface Descendants {
  readonly kind: 'descendants';
}

/** `[3]`, `[-1]`, `[*]` or `[from:to:step]`. */
export interface Items {
  readonly kind: 'items';
  /** Negative numbers count from the end, here and in `to`. */
  readonly from?: number;
  /** The first item that does not belong any more. */
  readonly to?: number;
  readonly step?: number;
  /** True for one item. It has to exist, like everything inside the bounds that are given. */
  readonly single: boolean;
  readonly offset: number;
}

/** `[0,2]` or `['a','b']` */
export interface Union {
  readonly kind: 'union';
  readonly members: readonly (readonly Step[])[];
}

/** `[?(left operator right)]`. Without an operator `left` only has to find something. */
export interface Filter {
  readonly kind: 'filter';
  readonly left: readonly Step[];
  readonly comparison?: { readonly operator: Operator; readonly right: readonly Step[] };
  readonly offset: number;
}

export const operators = ['==', '!=', '<', '<=', '>', '>='] as const;

export type Operator = (typeof operators)[number];
