/** Times in problems about certificates. All are milliseconds since 1970-01-01T00:00:00Z. */

/** In whole seconds, as certificates count. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** What to compare the times of a certificate with: a wrong clock is the usual reason when a new one is refused. */
export function clockNote(nowMs: number): string {
  return `the clock of this machine says ${isoTime(nowMs)}`;
}
