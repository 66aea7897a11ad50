/** Positions of the keys and values of a YAML document, by path. */

/** Keys of mappings and zero-based indexes of lists, from the top. */
export type YamlPath = readonly (string | number)[];

/** One-based. */
export interface YamlPosition {
  readonly line: number;
  readonly column: number;
}

/** Where one entry stands in the text, and what it holds. */
export interface PlaceTree {
  /** Offset of the key; that of the value for list items and the top. */
  readonly offset: number;
  readonly children: Map<string | number, PlaceTree>;
}

export interface FoundPlace {
  readonly tree: PlaceTree;
  /** False when only an ancestor of the path exists. */
  readonly exact: boolean;
}

/** Finds the entry at `path`, or that of the nearest ancestor that the document has. */
export function findPlace(root: PlaceTree, path: YamlPath): FoundPlace {
  let tree = root;
  for (const segment of path) {
    const child = tree.children.get(segment) ?? tree.children.get(Number(segment));
    if (child === undefined) return { tree, exact: false };
    tree = child;
  }
  return { tree, exact: true };
}
