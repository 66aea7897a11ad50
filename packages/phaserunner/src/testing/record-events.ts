/** A listener that keeps events and can print them without what differs from run to run. */
import type { Listener, RunEvent } from '../events.ts';

/** The events of one or more runs. */
export interface EventRecorder {
  /** To be handed to `runWorkflow`. */
  readonly listener: Listener;
  /** Everything heard so far. */
  readonly events: readonly RunEvent[];
  /** One line for each event without times, for comparison with a snapshot. */
  text(): string;
}

/** Returns a recorder that has heard nothing yet. */
export function recordEvents(): EventRecorder {
  const events: RunEvent[] = [];
  return {
    events,
    listener: (event) => {
      events.push(event);
    },
    text: () => events.map(lineOf).join('\n'),
  };
}

function lineOf(event: RunEvent): string {
  const path = 'path' in event && event.path !== undefined ? ` ${event.path}` : '';
  const rest = restOf(event);
  return `${event.type}${path}${rest === '' ? '' : ` ${rest}`}`;
}

function restOf(event: RunEvent): string {
  switch (event.type) {
    case 'run-start':
      return `${event.workflow}: ${event.total} of ${event.phases.length}`;
    case 'phase-start':
      return `${event.index}/${event.total}`;
    case 'phase-skip':
      return `${event.because}: ${event.reason}`;
    case 'phase-retry':
      return `${event.attempt}/${event.attempts} after ${event.delayMs} ms: ${event.problem.summary}`;
    case 'phase-end':
    case 'run-end':
      return [event.status, ...(event.problems ?? []).map(({ code, summary }) => `${code}: ${summary}`)].join('; ');
    case 'message':
    case 'progress':
    case 'action':
    default:
      return spoken(event);
  }
}

/** What phases say themselves. */
function spoken(event: Extract<RunEvent, { readonly type: 'message' | 'progress' | 'action' }>): string {
  if (event.type === 'message') return `${event.level}: ${event.text}`;
  if (event.type === 'action') return `${event.action.kind}: ${event.action.summary}`;
  return `${event.label}: ${event.done}${event.total === undefined ? '' : `/${event.total}`}`;
}
