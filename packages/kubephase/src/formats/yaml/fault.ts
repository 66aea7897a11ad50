/** What is wrong with a text that should be YAML. */

export interface YamlFault {
  /** What is wrong, as the end of a sentence. */
  readonly fault: string;
  /** True when the text may be YAML but passes a limit. */
  readonly limit: boolean;
  /** One-based, like `column`. */
  readonly line: number;
  readonly column: number;
}

/** Leaves deep recursion when a fault was found; never passes the border of this folder. */
export class YamlFaultError extends Error {
  readonly offset: number;
  readonly limit: boolean;

  constructor(fault: string, offset: number, limit = false) {
    super(fault);
    this.offset = offset;
    this.limit = limit;
  }
}
