/** Why a template cannot be read, or cannot be applied to an object, and where in the template that is. */

/** Leaves deep recursion; whoever knows where the template came from makes a problem of it. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
  /** Zero-based, in UTF-16 units of the template. */
  readonly offset: number;

  /** @param message what is wrong, as the end of a sentence. It never holds values of the object, which may be secret. */
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
