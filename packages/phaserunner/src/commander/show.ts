/** What an invocation prints: a renderer while it runs, or one document when it has ended. */
import type { Listener } from '../events.ts';
import { jsonText } from '../render/escape.ts';
import type { RendererFormat, RendererOptions } from '../render/index.ts';
import { documentNames, type Binding, type Invocation } from './binding.ts';
import type { CommandIo, DocumentFormat } from './surroundings.ts';

/** Where output goes and in which form. */
export interface ShowTarget {
  readonly output: string;
  readonly verbosity: number;
  readonly io: CommandIo;
}

/** A running renderer. */
export interface Show {
  readonly listener: Listener;
  /** Writes a line beside what is drawn. */
  tell(line: string): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** How the run is shown, beside what the user asks for. */
export interface ShowOptions extends Pick<RendererOptions, 'command' | 'again'> {
  /** Keeps standard output free for a result. */
  readonly resultOnly: boolean;
}

/** Starts the renderer that the invocation asks for. */
export async function startShow(target: ShowTarget, { resultOnly, ...options }: ShowOptions): Promise<Show> {
  const { createRenderer } = await import('../render/index.ts');
  const format = eventFormats[target.output];
  const isQuiet = target.verbosity < 0;
  if (format !== undefined && format !== 'jsonl' && (resultOnly || isQuiet)) {
    return createRenderer('plain', target.io, { ...options, verbosity: target.verbosity, progressTo: resultOnly ? 'stderr' : 'stdout' });
  }
  if (format !== undefined) return createRenderer(format, target.io, { ...options, verbosity: target.verbosity });
  // Standard output belongs to the document; whoever asks for details gets them beside it.
  const beside = target.verbosity > 0 ? 'plain' : 'silent';
  return createRenderer(beside, target.io, { ...options, verbosity: target.verbosity, progressTo: 'stderr' });
}

/** Whether problems of a run reach a person: JSON lines are for programs. */
export function reportsProblems(output: string): boolean {
  return output !== 'jsonl';
}

const eventFormats: Readonly<Record<string, RendererFormat | undefined>> = { text: 'tree', tree: 'tree', plain: 'plain', jsonl: 'jsonl' };

/** Prints what `make` returns where `output` is a document format; does nothing for other formats. */
export async function printDocument(
  binding: Pick<Binding<never>, 'documents'>,
  { output, io }: Pick<Invocation<unknown>, 'output' | 'io'>,
  make: () => unknown,
): Promise<void> {
  if (!documentNames(binding).includes(output)) return;
  const format = binding.documents?.[output] ?? formatJson;
  const { jsonSafe } = await import('../render/json-safe.ts');
  const text = await format(jsonSafe(await make()));
  io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

const formatJson: DocumentFormat = (document) => jsonText(document, 2);
