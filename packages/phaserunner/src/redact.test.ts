import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { RunEvent } from './events.ts';
import { ProblemError } from './problems.ts';
import { redactProblem } from './redact.ts';
import { runWorkflow } from './run.ts';
import { defineWorkflow } from './define-workflow.ts';

const redact = (text: string): string => text.replaceAll('geheim', '***');

test('every text of every event and of the result goes through the redaction', async () => {
  const events: RunEvent[] = [];
  const secret = 'geheim';
  const workflow = defineWorkflow<object>({
    name: 'brew',
    summary: 'Brew',
    phases: [
      {
        name: 'boil',
        summary: 'Boil',
        retry: { attempts: 2, delayMs: 0 },
        run: (_context, task) => {
          task.message(`said ${secret}`);
          task.warn(`warned ${secret}`);
          task.debug(`noted ${secret}`);
          task.progress({ label: `of ${secret}`, done: 1 });
          task.action({ kind: 'pour', summary: `pour ${secret}` });
          const where = { object: secret };
          const evidence = [{ title: secret, lines: [secret] }];
          const cause = new Error(secret, { cause: new Error(`deep ${secret}`) });
          throw new ProblemError({ code: 'X', summary: secret, detail: secret, remedy: secret, where, evidence, cause });
        },
      },
    ],
  });
  const result = await runWorkflow(workflow, { context: {}, listeners: [(event) => void events.push(event)], redact });
  expect(events.map(({ type }) => type)).toContain('phase-retry');
  expect(inspect([events, result], { depth: 20 })).not.toContain('geheim');
  expect(result.problems).toMatchObject([{ summary: '***', where: { object: '***', phase: 'boil' }, cause: { message: '***' } }]);
});

test('a cause without secrets stays the same object, and one that holds itself is no trap', () => {
  const harmless = new TypeError('x');
  expect(redactProblem({ code: 'X', summary: '', cause: harmless }, redact).cause).toBe(harmless);
  const circle = new Error('geheim') as Error & { cause?: unknown };
  circle.cause = circle;
  expect(redactProblem({ code: 'X', summary: '', cause: circle }, redact).cause).toMatchObject({ message: '***' });
});
