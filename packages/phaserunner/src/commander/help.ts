/** Help in sections: usage, examples, phases, commands, flags, and how phases are selected. */
import type { Command, Help } from 'commander';
import { createPaint, wantsColour } from '../render/style.ts';
import { columns, flagRows, indented, wrap, type Row } from './help-rows.ts';
import { helpFactsOf, type HelpFacts } from './command-facts.ts';
import { fullName } from './options.ts';
import type { CommandIo } from './surroundings.ts';
import { headings, shellText } from './text.ts';

/** Facts of the commands whose help may be printed next: commander formats help synchronously. */
const factsOf = new WeakMap<Command, HelpFacts>();

/** Width where output is not a terminal, in cells. */
const plainWidth = 100;

/** Makes `command` print help in our shape to `io`. Commander takes colours out where they are not wanted. */
export async function prepareHelp(command: Command, io: CommandIo): Promise<void> {
  factsOf.set(command, await helpFactsOf(command));
  // A terminal that does not know its width says that it has none.
  const width = (): number => (io.stdout.isTTY === true && io.stdout.columns !== 0 ? (io.stdout.columns ?? plainWidth) : plainWidth);
  const colours = (): boolean => wantsColour(io.stdout, io.environment);
  command.configureOutput({ getOutHelpWidth: width, getErrHelpWidth: width, getOutHasColors: colours, getErrHasColors: colours });
  command.configureHelp({
    formatHelp: (target: Command, helper: Help) => formatHelp(target, helper.helpWidth ?? plainWidth),
    ...command.configureHelp(),
  });
  addHelpCommand(command);
}

/** `help WORD…` stands for `WORD… --help`; only the program lists it, and only when it has no such command of its own. */
function addHelpCommand(command: Command): void {
  if (command.commands.length === 0 || command.commands.some((child) => child.name() === 'help')) return;
  if (command.parent === null) command.helpCommand('help [command...]', shellText.helpCommand);
  else command.helpCommand(false);
}

const paint = createPaint(true);

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

function formatHelp(command: Command, width: number): string {
  const facts = factsOf.get(command) ?? {};
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
  const groups = command.commands.length > 0 && args.length === 0 && factsOf.get(command)?.phases === undefined;
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
