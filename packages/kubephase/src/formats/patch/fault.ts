/** Why a patch cannot be applied to an object. */

/** Thrown by every function of this folder; `message` is a sentence part such as `the list containers has an item without name`. */
export class PatchFault extends Error {
  override readonly name = 'PatchFault';
}
