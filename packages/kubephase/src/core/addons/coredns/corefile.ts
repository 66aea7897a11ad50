/** Corefiles: the one that a new cluster starts with, and any one as data (server blocks, their plugins, the plugins' options). */
import type { CoreDnsTraits } from '../../../releases/release.ts';

/** Returns the Corefile for the cluster's DNS domain, such as `cluster.local`. */
export function defaultCorefile(domain: string, { ownDomainUncached }: Pick<CoreDnsTraits, 'ownDomainUncached'>): string {
  return `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes ${domain} in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30${ownDomainUncached ? cacheExceptions(domain) : ''}
    loop
    reload
    loadbalance
}
`;
}

/** Answers of the cluster's own domain are not cached: the kubernetes plugin has them in memory. */
function cacheExceptions(domain: string): string {
  if (domain === '') return '';
  return ` {
       disable success ${domain}
       disable denial ${domain}
    }`;
}

/** One line: a word and what follows it. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
}

export interface Plugin extends Directive {
  readonly options: readonly Directive[];
}

export interface ServerBlock {
  /** Zones and ports in front of the brace. */
  readonly addresses: readonly string[];
  readonly plugins: readonly Plugin[];
}

interface Line {
  readonly words: readonly string[];
  readonly depth: number;
}

/**
 * Returns the server blocks. It knows comments, double quotes and blocks, as far as Corefiles of clusters use
 * them; snippets and imports come out as blocks and plugins of those names. Deeper blocks are options too.
 */
export function parseCorefile(text: string): readonly ServerBlock[] {
  const blocks: { addresses: readonly string[]; plugins: { name: string; args: readonly string[]; options: Directive[] }[] }[] = [];
  for (const { words, depth } of linesOf(text)) {
    const [name, ...args] = words;
    if (name === undefined) continue;
    if (depth === 0) blocks.push({ addresses: words, plugins: [] });
    else if (depth === 1) blocks.at(-1)?.plugins.push({ name, args, options: [] });
    else blocks.at(-1)?.plugins.at(-1)?.options.push({ name, args });
  }
  return blocks;
}

/** Splits into lines of words with the depth of the block that they stand in. Braces are no words. */
function linesOf(text: string): readonly Line[] {
  let depth = 0;
  return text.split('\n').flatMap((raw) => {
    const words = wordsOf(raw);
    const plain = words.filter((word) => word !== '{' && word !== '}');
    const line = { words: plain, depth };
    depth += words.filter((word) => word === '{').length - words.filter((word) => word === '}').length;
    return plain.length === 0 ? [] : [line];
  });
}

function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([word, quoted]) => ({
    text: quoted ?? word,
    quoted: quoted !== undefined,
  }));
  const comment = words.findIndex((word) => !word.quoted && word.text.startsWith('#'));
  return (comment < 0 ? words : words.slice(0, comment)).map((word) => word.text);
}
