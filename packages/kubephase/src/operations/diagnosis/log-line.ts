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

/** Of which Pod the kubelet speaks. Newer ones say it behind what happened. */
const podHeader = /^Error syncing pod \S+ \("[^"]*"\), skipping: /;

/** Date, time, level and package, as etcd before 3.5 writes them. */
const capnslogHeader = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ ([CEWNIDT]) \| (?:\w+: )?(.*)$/;

const capnslogSeverities: Readonly<Record<string, LogLine['severity']>> = { C: 'error', E: 'error', W: 'warning', N: 'info', I: 'info' };

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

/** Reads a line in one of the forms above, in JSON, or in any other form, whose text is the whole line. */
export function readLogLine(line: string): LogLine {
  const [, letter, said] = klogHeader.exec(line) ?? [];
  if (letter !== undefined && said !== undefined) return { severity: klogSeverities[letter], text: said.replace(podHeader, '') };
  const [, level, message] = capnslogHeader.exec(line) ?? [];
  if (level !== undefined && message !== undefined) return { severity: capnslogSeverities[level], text: message };
  return readJsonLine(line) ?? { severity: undefined, text: line.trim() };
}

/** Whether the line tells of an error, or does not tell how grave it is. */
export function isErrorLine(line: string): boolean {
  const { severity } = readLogLine(line);
  return severity === 'error' || severity === undefined;
}

/** Stacks of all threads of a Go program that ended by a fatal error, and the list of all flags after a wrong one. */
const dumps: readonly RegExp[] = [
  /^\s*$/,
  /^\t/,
  /^ {8}/,
  /^goroutine \d+ \[/,
  /^created by /,
  /^\S+\.\S+\([^()]*\)$/,
  /^\s+-{1,2}[\w-]/,
  /^\s+\S+ \[flags\]$/,
  /^([A-Z][\w -]* )?[Ff]lags:$/,
  /^Usage:$/,
];

/** Leaves out what follows the telling line by the hundred. */
export function withoutDumps(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !dumps.some((dump) => dump.test(line)));
}

/** Leaves of lines that say the same only the last one: the kubelet says some things ten times a second. */
export function withoutRepeats(lines: readonly string[]): readonly string[] {
  const texts = lines.map((line) => readLogLine(line).text);
  const last = new Map(texts.map((text, index) => [text, index]));
  return lines.filter((_, index) => last.get(texts[index] ?? '') === index);
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
