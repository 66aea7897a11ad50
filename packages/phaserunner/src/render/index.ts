/**
 * Renderers: each turns the events of a run into what a person or a program reads.
 * @module
 */
export { createPaint, wantsColour, type Paint, type Style } from './style.ts';
export { escapeText, jsonText } from './escape.ts';
export { createRenderer, type RendererFormat } from './create.ts';
export { formatDuration } from './duration.ts';
export type { FrameClock, Output, RenderIo } from './renderer.ts';
export { jsonSafe, type JsonSafe } from './json-safe.ts';
export { formatProblem, formatProblems, type ProblemFormat } from './problem.ts';
export type { Renderer, RendererOptions } from './renderer.ts';
