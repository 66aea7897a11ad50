/** Durations in Go's notation, such as `1h30m`, held as milliseconds. */

const units: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const whole = /^[+-]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/;
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/** Go counts nanoseconds in 64 bits: about 292 years. */
const maxMs = (2 ** 63 - 1) / 1e6;

/** Returns milliseconds, or undefined when `text` is not a Go duration. A bare `0` is accepted, other bare numbers are not. */
export function parseDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!whole.test(text)) return undefined;
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(part)) ms += Number(amount) * (units[unit ?? ''] ?? 0);
  const exact = round(ms);
  if (exact > maxMs) return undefined;
  return text.startsWith('-') ? -exact : exact;
}

/** Prints milliseconds as Go does: `24h0m0s`, `1m30s`, `1.5s`, `100ms`, `0s`. */
export function formatGoDuration(ms: number): string {
  if (ms === 0) return '0s';
  const sign = ms < 0 ? '-' : '';
  const abs = Math.abs(ms);
  if (abs < 1e-3) return `${sign}${round(abs * 1e6)}ns`;
  if (abs < 1) return `${sign}${round(abs * 1e3)}µs`;
  if (abs < 1000) return `${sign}${round(abs)}ms`;
  const hours = Math.floor(abs / 3_600_000);
  const minutes = Math.floor((abs % 3_600_000) / 60_000);
  const seconds = `${round((abs % 60_000) / 1000)}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}

/** Fractions of a nanosecond only come from binary arithmetic. */
function round(value: number): number {
  return Number(value.toFixed(6));
}
