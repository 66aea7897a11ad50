import { expect, test } from 'vitest';
import { guardOutput } from './guarded-output.ts';

function full(): { write(text: string): void; tries: number } {
  return {
    tries: 0,
    write() {
      this.tries += 1;
      throw new Error('no space left');
    },
  };
}

test('what is written is escaped, what is drawn keeps its colours', () => {
  let text = '';
  const output = guardOutput({ write: (more) => void (text += more) }, { failed: () => undefined });
  output.write('\u001B[31mred\u001B[39m\n');
  output.draw?.('\u001B[31mred\u001B[39m\n');
  expect(text).toBe('\\x1b[31mred\\x1b[39m\n\u001B[31mred\u001B[39m\n');
});

test('both are redacted', () => {
  let text = '';
  const output = guardOutput(
    { write: (more) => void (text += more) },
    { redact: (said) => said.replace('geheim', '…'), failed: () => undefined },
  );
  output.write('geheim ');
  output.draw?.('geheim');
  expect(text).toBe('… …');
});

test('the first failure is told once, and nothing is tried after it', () => {
  const output = full();
  const failures: unknown[] = [];
  const guarded = guardOutput(output, { failed: (error) => void failures.push(error) });
  guarded.write('a');
  guarded.draw?.('b');
  expect(failures).toEqual([new Error('no space left')]);
  expect(output.tries).toBe(1);
});

test('size and kind of the terminal are those of this moment', () => {
  const terminal = { write: () => undefined, isTTY: true, columns: 80, rows: 24 };
  const guarded = guardOutput(terminal, { failed: () => undefined });
  terminal.columns = 40;
  expect([guarded.isTTY, guarded.columns, guarded.rows]).toEqual([true, 40, 24]);
});
