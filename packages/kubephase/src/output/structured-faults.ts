/** Problems with the value of `-o` and with the templates in it. */
import { isProblemError, type Location, type ProblemError } from 'phaserunner';
import { TemplateFault } from '../formats/go-text.ts';
import { failure } from '../problems/catalogue.ts';

/** A template and where the user has written it. */
export interface PlacedTemplate {
  readonly text: string;
  readonly place: Location;
}

const flag = { object: '--output' } as const;

/** Where a template stands that is part of the command line. */
export const inlinePlace: Location = flag;

export function unknownFormat(spec: string, allowed: readonly string[]): ProblemError {
  return failure('OUTPUT_FORMAT_UNKNOWN', {
    summary: `there is no output format "${spec}"`,
    detail: `Allowed formats are: ${allowed.join(',')}`,
    remedy: 'Give one of them, such as -o json; templates stand behind an equals sign.',
    where: flag,
  });
}

/** @param example what could have been written */
export function missingTemplate(format: string, example: string): ProblemError {
  return failure('OUTPUT_TEMPLATE_MISSING', {
    summary: `the output format ${format} needs a template`,
    remedy: `Put it behind an equals sign, such as -o '${format}=${example}'.`,
    where: flag,
  });
}

/** Runs `read`; whatever goes wrong there, the template cannot be read. */
export async function readingTemplate(path: string, read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (isProblemError(error)) throw error;
    throw failure('OUTPUT_TEMPLATE_UNREADABLE', {
      summary: `cannot read the template ${path}`,
      ...(error instanceof Error ? { detail: error.message } : {}),
      remedy: 'Name a file that exists and can be read.',
      where: { file: path },
      cause: error,
    });
  }
}

/** What is wrong when a template is faulty, and what to do about it. */
const faults = {
  OUTPUT_TEMPLATE_INVALID: { summary: 'the template cannot be read', remedy: 'Mend the template at that place.' },
  OUTPUT_TEMPLATE_FAILED: {
    summary: 'the template does not fit the object',
    remedy: 'See the fields of the object with -o yaml. Missing ones are left out unless --allow-missing-template-keys=false is given.',
  },
} as const;

/** Returns the result of `work`; a fault of the template becomes a problem with its line and column. */
export function orProblem<T>({ text, place }: PlacedTemplate, code: keyof typeof faults, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    const { summary, remedy } = faults[code];
    throw failure(code, {
      summary: `${summary}: ${error.message}`,
      detail: `The place is before: ${excerpt(text, error.offset)}`,
      remedy,
      where: { ...place, ...position(text, error.offset) },
    });
  }
}

/** Characters of the template that are shown. */
const excerptLength = 40;

function excerpt(text: string, offset: number): string {
  const [line = ''] = text.slice(offset, offset + excerptLength).split('\n');
  return line === '' ? 'the end of the line' : line;
}

function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
