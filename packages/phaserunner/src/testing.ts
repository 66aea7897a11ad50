/** Helpers for tests of workflows and phases.
 * @module
 */
export {};
