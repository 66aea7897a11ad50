/** Walks over the tokens of one action. */
import { TemplateFault } from '../go-text/fault.ts';
import type { Token } from './token.ts';

export class TokenReader {
  readonly #tokens: readonly Token[];
  /** Where the action begins. */
  readonly #start: number;
  #index = 0;

  constructor(tokens: readonly Token[], start: number) {
    this.#tokens = tokens;
    this.#start = start;
  }

  /** The token that comes next, or the one `ahead` of it; undefined at the end of the action. */
  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#index + ahead];
  }

  /** Moves behind the next token. */
  skip(): void {
    this.#index += 1;
  }

  /** Moves behind the next token if it is `text`. */
  accept(kind: 'word' | 'symbol', text: string): boolean {
    const token = this.peek();
    const accepted = token?.kind === kind && token.text === text;
    if (accepted) this.skip();
    return accepted;
  }

  /** Offset of the next token, at the end of the action that of the action. */
  get offset(): number {
    return this.peek()?.place.offset ?? this.#start;
  }

  /** @throws TemplateFault when a token is left */
  expectEnd(): void {
    const token = this.peek();
    if (token !== undefined) throw new TemplateFault(`${token.text} is not expected here`, token.place.offset);
  }
}
