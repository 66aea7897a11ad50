/** `host:port` texts: splitting them, and what is wrong with a port. */

export interface HostPort {
  /** Without brackets. */
  readonly host: string;
  /** As written; may be empty. */
  readonly port: string;
}

/**
 * Splits `host:port` or `[address]:port`, or returns undefined when the text has no port or several colons outside
 * brackets, as a bare IPv6 address has.
 */
export function splitHostPort(text: string): HostPort | undefined {
  const match = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(text);
  return match === null ? undefined : { host: match[1] ?? match[2] ?? '', port: match[3] ?? '' };
}

/** Whether `text` is a decimal number from 1 to 65535. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
