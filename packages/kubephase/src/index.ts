/**
 * kubephase as a library.
 * @module
 */
export {};
