/** What to do about a text that is not YAML, judged by its lines. The lines themselves never appear: they may hold secrets. */

interface Fault {
  /** The parser's words. */
  readonly fault: string;
  /** One-based. */
  readonly line: number;
}

interface Shape {
  /** Whether the shape explains the fault. `near` are the lines round the fault, `at` is the fault's own line. */
  readonly fits: (seen: {
    readonly at: string;
    readonly near: readonly string[];
    readonly all: readonly string[];
    readonly fault: string;
  }) => boolean;
  readonly remedy: (line: number, at: string) => string;
}

const template = /\{\{|\{%|<%|\$\{/;
const keyBefore = /^\s*(?:- +)?([\w.-]+):/;

/** The first that fits counts. */
const shapes: readonly Shape[] = [
  {
    fits: ({ at }) => template.test(at),
    remedy: (line) =>
      `Line ${line} holds a placeholder of a template that was not filled in: render the template first, and give the result. A value that is meant so stands in quotes.`,
  },
  {
    fits: ({ near }) => near.some((line) => /^(<<<<<<<|=======|>>>>>>>)/.test(line)),
    remedy: (line) =>
      `A merge of two versions was left unfinished near line ${line}: keep one of them and remove the marks of the version control.`,
  },
  {
    // One or two dashes, more than three, dashes of typesetters, or three that do not begin the line.
    fits: ({ near }) => near.some((line) => /^(-{1,2}|-{4,}|\s+-{3}|[\u2013\u2014]-?|\*{3,}|={3,})\s*$/.test(line)),
    remedy: (line) =>
      `Documents are parted by a line of exactly three dashes, ---, that begin in the first column. Correct the separator near line ${line}.`,
  },
  {
    fits: ({ at }) => /^---\s*\S/.test(at),
    remedy: (line) =>
      `Only blanks and a comment may stand behind the three dashes that part documents: put the rest of line ${line} on a line of its own.`,
  },
  {
    fits: ({ at, fault }) => /^\s*\t/.test(at) || /\btabs?\b/i.test(fault),
    remedy: (line) => `Indent line ${line} with blanks: YAML takes no tabs.`,
  },
  {
    fits: ({ fault }) => /closing (['"])/.test(fault),
    remedy: (line) => `Close the quotes that are opened in line ${line} or before it.`,
  },
  {
    fits: ({ fault }) => /^Flow (map|sequence)/.test(fault),
    remedy: (line) => `Close the bracket that is opened in line ${line} or before it, and part what stands in it with commas.`,
  },
  {
    // What follows the quotes, or a value with a sign that means something in YAML.
    fits: ({ at, fault }) => /node end/.test(fault) || /:\s+[@`%*&!|>]/.test(at) || /:\s+[^"'\s[{].*:(\s|$)/.test(at),
    remedy: (line, at) =>
      `Put the ${valueWords(at)} in line ${line} in quotes: it holds a sign that has a meaning in YAML, such as a colon.`,
  },
  {
    fits: ({ at }) => /^\s*[\w.-]+:[^\s:/]/.test(at),
    remedy: (line) => `Write a blank behind the colon in line ${line}.`,
  },
  {
    fits: ({ fault }) => /same column|Implicit|indent/i.test(fault),
    remedy: (line) => `Indent line ${line} as the other fields of its mapping; each is a name, a colon, a blank and a value.`,
  },
  {
    fits: ({ all }) => all.some((line) => template.test(line)),
    remedy: () => 'The file looks like a template that was not filled in: render it first, and give the result.',
  },
];

/** Returns the remedy as a sentence. @param text the whole file */
export function syntaxRemedy(text: string, { fault, line }: Fault): string {
  const all = text.split(/\r?\n/);
  const at = all[line - 1] ?? '';
  const seen = { at, near: all.slice(Math.max(0, line - 3), line + 2), all, fault };
  return shapes.find(({ fits }) => fits(seen))?.remedy(line, at) ?? `Correct line ${line}.`;
}

function valueWords(line: string): string {
  const key = keyBefore.exec(line)?.[1];
  return key === undefined ? 'value' : `value of "${key}"`;
}
