/**
 * Renderers: each turns the events of a run into what a person or a program reads.
 * @module
 */
export {};
