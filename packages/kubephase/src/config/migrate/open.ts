/** Opens YAML documents for edits in place: comments, quotes and the form of values stay as the author wrote them. */
import { Scalar, isMap, parseAllDocuments, type YAMLMap, type ScalarTag } from 'yaml';
import { expand } from './expand.ts';

/** Nothing but null is recognised, so that every scalar is printed as it was written: `0755`, `on`, `12:30`. */
const nothing: ScalarTag = {
  identify: (value) => value === null || value === undefined,
  createNode: () => new Scalar(null),
  default: true,
  tag: 'tag:yaml.org,2002:null',
  test: /^(?:~|[Nn]ull|NULL)?$/,
  resolve: () => new Scalar(null),
  stringify: ({ source }) => source ?? 'null',
};

/** A document whose top is a mapping without aliases. */
export interface EditableDocument {
  readonly root: YAMLMap;
  /** Prints the document, with a newline at the end. */
  readonly print: () => string;
}

/** @param text one document that the configuration reader accepted; what follows a line `...` is dropped */
export function openDocument(text: string): EditableDocument {
  const parsed = parseAllDocuments(text, {
    version: '1.1',
    schema: 'failsafe',
    customTags: [nothing],
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const document = 'empty' in parsed ? undefined : parsed[0];
  const root = document?.contents;
  if (document === undefined || !isMap(root)) throw new TypeError('only documents that were read before can be edited');
  expand(root, new Map());
  if (document.directives !== undefined) Object.assign(document.directives, { docStart: null, docEnd: false });
  const style = { lineWidth: 0, indentSeq: indentsLists(text), flowCollectionPadding: !/[{[]\S/.test(text) };
  return { root, print: () => document.toString(style) };
}

/** Whether list items are written with more indentation than their key. */
function indentsLists(text: string): boolean {
  return /^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n\1 +- /m.test(text);
}
