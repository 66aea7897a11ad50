/** The one place through which a program writes: nothing that acts upon a terminal, no secret in messages, no failure unseen. */
import { escapeText } from '../render/escape.ts';
import { draw, type Output } from '../render/renderer.ts';

export interface Guard {
  /** Takes secrets out. Absent where what is written is the result that was asked for. */
  readonly redact?: ((text: string) => string) | undefined;
  /** Called once, with the reason, when nothing can be written any more. What follows is dropped. */
  readonly failed: (error: unknown) => void;
}

/** Returns `output` behind `guard`. It never throws: what a run does must not end half-way because nobody can read of it. */
export function guardOutput(output: Output, { redact = (text) => text, failed }: Guard): Output {
  let open = true;
  const attempt = (write: () => void): void => {
    if (!open) return;
    try {
      write();
    } catch (error) {
      open = false;
      failed(error);
    }
  };
  return {
    write: (text) => attempt(() => output.write(escapeText(redact(text)))),
    draw: (text) => attempt(() => draw(output, redact(text))),
    // Asked late: a terminal may change its size, and to know it costs time.
    get isTTY() {
      return output.isTTY;
    },
    get columns() {
      return output.columns;
    },
    get rows() {
      return output.rows;
    },
  };
}
