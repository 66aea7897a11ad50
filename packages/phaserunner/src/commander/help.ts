/** Help in sections: usage, examples, phases, commands, flags, and how phases are selected. */
import type { Command, Help, HelpConfiguration } from 'commander';
import { createPaint, wantsColour } from '../render/colour.ts';
import { flagRows } from './flag-rows.ts';
import { columns, indented, wrap, type Row } from './layout.ts';
import { fullName } from './names.ts';
import type { CommandIo } from './surroundings.ts';
import { headings, shellText } from './text.ts';

/** What help shows of a command beside what commander keeps. */
export interface HelpFacts {
  /** One command a line. */
  readonly examples?: string;
  /** Usage lines after the first. */
  readonly usages?: readonly string[];
  readonly phases?: { readonly heading: string; readonly rows: readonly Row[] };
  /** False where the list of phases takes the place of the list of sub-commands. Default true. */
  readonly listsCommands?: boolean;
  readonly needs?: readonly Row[];
  /** Examples of selecting phases. */
  readonly selecting?: readonly Row[];
  /** Last line. */
  readonly pointer?: string;
}

/** Facts are made when help is printed, and only then. */
const factsOf = new WeakMap<Command, () => HelpFacts>();

/** Width where output is not a terminal, in cells. */
const plainWidth = 100;

/** Adds sections to the help of `command`. */
export function setHelpFacts(command: Command, make: () => HelpFacts): void {
  factsOf.set(command, make);
}

/** Shows `examples` (one command a line) in the help of `command`. */
export function setExamples(command: Command, examples: string): void {
  setHelpFacts(command, () => ({ examples }));
}

/** How commander prints help for `io`; it takes colours out where they are not wanted. */
export function helpOutput(io: CommandIo) {
  const width = (): number => (io.stdout.isTTY === true ? (io.stdout.columns ?? plainWidth) : plainWidth);
  const colours = (): boolean => wantsColour(io.stdout, io.environment);
  return { getOutHelpWidth: width, getErrHelpWidth: width, getOutHasColors: colours, getErrHasColors: colours };
}

/** For `Command.configureHelp`. */
export const helpFormat: HelpConfiguration = {
  formatHelp: (command: Command, helper: Help) => formatHelp(command, helper.helpWidth ?? plainWidth),
};

const paint = createPaint(true);

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

function formatHelp(command: Command, width: number): string {
  const facts = factsOf.get(command)?.() ?? {};
  const blocks = [
    wrap(command.description() || command.summary(), width),
    ...sectionsOf(command, facts, width).map((section) => sectionLines(section, width)),
    wrap(facts.pointer ?? pointer(command), width),
  ];
  const text = blocks.filter((lines) => lines.some((line) => line !== '')).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}

function sectionLines({ heading, lines }: Section, width: number): readonly string[] {
  const title = wrap(heading, width).map((line) => paint('bold', line));
  return lines.length === 0 ? [] : title.concat(lines);
}

function sectionsOf(command: Command, facts: HelpFacts, width: number): readonly Section[] {
  const flags = flagRows(command);
  const list = (heading: string, rows: readonly Row[] = []): Section => ({ heading, lines: columns(rows, width) });
  return [
    { heading: headings.usage, lines: indented([usage(command), ...(facts.usages ?? [])]) },
    { heading: headings.aliases, lines: indented(aliases(command)) },
    { heading: headings.examples, lines: indented(facts.examples?.trimEnd().split('\n') ?? []) },
    list(headings.arguments, argumentRows(command)),
    list(facts.phases?.heading ?? '', facts.phases?.rows),
    list(headings.needs, facts.needs),
    list(headings.commands, facts.listsCommands === false ? [] : commandRows(command)),
    list(headings.flags, flags.own),
    list(headings.globalFlags, flags.inherited),
    list(headings.selecting, facts.selecting),
  ];
}

function usage(command: Command): string {
  const args = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const groups = command.commands.length > 0 && args.length === 0 && !factsOf.has(command);
  return [fullName(command), ...(groups ? ['COMMAND'] : args), '[flags]'].join(' ');
}

function aliases(command: Command): readonly string[] {
  return command.aliases().length === 0 ? [] : [[command.name(), ...command.aliases()].join(', ')];
}

function argumentRows(command: Command): readonly Row[] {
  return command.registeredArguments
    .filter(({ description }) => description !== '')
    .map((argument) => ({ term: argument.name(), text: argument.description }));
}

function commandRows(command: Command): readonly Row[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ term: child.name(), text: child.summary() || child.description() }))
    .sort((one, other) => (one.term < other.term ? -1 : 1));
}

function pointer(command: Command): string {
  return command.commands.length === 0 ? '' : shellText.commandHelp(fullName(command));
}
