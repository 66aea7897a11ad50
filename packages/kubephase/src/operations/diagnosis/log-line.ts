/** Reads lines of logs: what was said, without when and where, and how grave it is. */

export interface LogLine {
  /** From the header of klog, or the level of a JSON line. Undefined when the line does not tell. */
  readonly severity: 'info' | 'warning' | 'error' | undefined;
  /** What the line says. */
  readonly text: string;
}

/**
 * Letter, month and day, time, process, file and line, as Kubernetes components write them. Service managers may put a header of
 * their own before it.
 * @see https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#klog
 */
const klogHeader = /(?:^|\s)([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [^\s\]]+:\d+\] (.*)$/;

const klogSeverities: Readonly<Record<string, LogLine['severity']>> = { I: 'info', W: 'warning', E: 'error', F: 'error' };

/** Levels of zap, which etcd uses, and of klog's JSON form. */
const jsonSeverities: Readonly<Record<string, LogLine['severity']>> = {
  debug: 'info',
  info: 'info',
  warn: 'warning',
  error: 'error',
  fatal: 'error',
  panic: 'error',
};

/** Reads a line in the form of klog, in JSON, or in any other form, whose text is the whole line. */
export function readLogLine(line: string): LogLine {
  const [, letter, said] = klogHeader.exec(line) ?? [];
  if (letter !== undefined && said !== undefined) return { severity: klogSeverities[letter], text: said };
  return readJsonLine(line) ?? { severity: undefined, text: line.trim() };
}

/** Whether the line tells of an error, or does not tell how grave it is. */
export function isErrorLine(line: string): boolean {
  const { severity } = readLogLine(line);
  return severity === 'error' || severity === undefined;
}

function readJsonLine(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined;
  const fields = parseFields(line);
  const text = [fields?.['msg'], fields?.['error'] ?? fields?.['err']].filter((part) => typeof part === 'string' && part !== '').join(': ');
  return text === '' ? undefined : { severity: jsonSeverities[String(fields?.['level'])], text };
}

/** Undefined for a line that only looks like JSON, such as one that was cut off. */
function parseFields(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
