/** Takes what must not be told out of the texts of events and problems, as the application says what that is. */
import type { EventBody, EventType } from './events.ts';
import type { Problem } from './problems.ts';

/** Returns `text` without secrets. */
export type Redact = (text: string) => string;

type Body<T extends EventType> = EventBody & { readonly type: T };

/** What is redacted, by type of event. */
const redactions: { readonly [T in EventType]?: (body: Body<T>, redact: Redact) => Body<T> } = {
  message: (body, redact) => ({ ...body, text: redact(body.text) }),
  progress: (body, redact) => ({ ...body, label: redact(body.label) }),
  action: (body, redact) => ({ ...body, action: { ...body.action, summary: redact(body.action.summary) } }),
  'phase-skip': (body, redact) => ({ ...body, reason: redact(body.reason) }),
  'phase-retry': (body, redact) => ({ ...body, problem: redactProblem(body.problem, redact) }),
  'phase-end': withProblems,
  'run-end': withProblems,
};

/** Returns `body` with every text for people redacted. What phases are called stays: a run is steered by it. */
export function redactEvent(body: EventBody, redact: Redact): EventBody {
  const redaction = redactions[body.type] as ((body: EventBody, redact: Redact) => EventBody) | undefined;
  return redaction === undefined ? body : redaction(body, redact);
}

function withProblems<T extends { readonly problems?: readonly Problem[] }>(body: T, redact: Redact): T {
  return body.problems === undefined ? body : { ...body, problems: body.problems.map((one) => redactProblem(one, redact)) };
}

/** Returns `problem` with all its texts redacted, down the chain of its causes. */
export function redactProblem(problem: Problem, redact: Redact): Problem {
  const { cause, ...told } = problem;
  return { ...(redactData(told, redact) as Problem), ...(cause === undefined ? {} : { cause: redactCause(cause, redact, []) }) };
}

function redactData(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactData(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactData(item, redact)]));
}

/** An error that tells nothing it must not stays the same object: an embedder may look at its class. */
function redactCause(cause: unknown, redact: Redact, above: readonly unknown[]): unknown {
  if (typeof cause === 'string') return redact(cause);
  if (!(cause instanceof Error) || above.includes(cause)) return cause;
  const { message, stack = '', name } = cause;
  const told = { message: redact(message), stack: redact(stack), cause: redactCause(cause.cause, redact, [...above, cause]) };
  if (told.message === message && told.stack === stack && told.cause === cause.cause) return cause;
  const copy = new Error(told.message, told.cause === undefined ? undefined : { cause: told.cause });
  return Object.assign(copy, { name, stack: told.stack });
}
