/**
 * Corefiles that earlier releases installed. A cluster that still has one never changed it, so it may be replaced.
 * The default with a `cache` block is not among them: kubeadm keeps it as it keeps a user's own.
 * @see https://github.com/coredns/corefile-migration
 */
import { parseCorefile, type Directive, type Plugin, type ServerBlock } from './corefile.ts';

/** What differed between the releases; everything else is the same in all of them. */
interface Variant {
  /** Options of `health`. */
  readonly health: string;
  readonly ready: boolean;
  /** Options of `kubernetes`, one a line. */
  readonly kubernetes: readonly string[];
  readonly upstream: string;
  readonly tail: readonly string[];
}

const insecure = 'pods insecure';
const fallthrough = 'fallthrough in-addr.arpa ip6.arpa';
const lameduck = ' {\nlameduck 5s\n}';
const tail = ['loop', 'reload', 'loadbalance'];
const modern = [insecure, fallthrough, 'ttl 30'];

/** From CoreDNS 1.7.0 down to 1.1.3. A star stands for any one word, three stars for any rest of the line. */
const variants: readonly Variant[] = [
  { health: lameduck, ready: true, kubernetes: modern, upstream: 'forward . * {\nmax_concurrent 1000\n}', tail },
  { health: lameduck, ready: true, kubernetes: modern, upstream: 'forward . *', tail },
  { health: '', ready: true, kubernetes: modern, upstream: 'forward . *', tail },
  { health: '', ready: false, kubernetes: [insecure, 'upstream', fallthrough, 'ttl 30'], upstream: 'forward . *', tail },
  { health: '', ready: false, kubernetes: [insecure, 'upstream', fallthrough], upstream: 'proxy . *', tail },
  { health: '', ready: false, kubernetes: [insecure, 'upstream', fallthrough], upstream: 'proxy . *', tail: ['reload'] },
];

const defaults: readonly ServerBlock[] = variants.flatMap((variant) => parseCorefile(corefileOf(variant)));

/** Whether the Corefile is one of the old defaults. The order of plugins and of options does not count. */
export function isHistoricDefault(corefile: string): boolean {
  const [block, ...others] = parseCorefile(corefile);
  return block !== undefined && others.length === 0 && defaults.some((known) => isSameBlock(block, known));
}

function corefileOf(variant: Variant): string {
  const lines = [
    '.:53 {',
    'errors',
    `health${variant.health}`,
    ...(variant.ready ? ['ready'] : []),
    'kubernetes * *** {',
    ...variant.kubernetes,
    '}',
    'prometheus :9153',
    variant.upstream,
    'cache 30',
    ...variant.tail,
    '}',
  ];
  return lines.join('\n');
}

function isSameBlock(block: ServerBlock, known: ServerBlock): boolean {
  return matches(block.addresses, known.addresses) && matchAll(block.plugins, known.plugins, isSamePlugin);
}

function isSamePlugin(plugin: Plugin, known: Plugin): boolean {
  return isSameDirective(plugin, known) && matchAll(plugin.options, known.options, isSameDirective);
}

function isSameDirective(found: Directive, known: Directive): boolean {
  return found.name === known.name && matches(found.args, known.args);
}

/** Whether both lists have the same length and each item of one has a partner in the other. */
function matchAll<T>(found: readonly T[], known: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return found.length === known.length && found.every((item) => known.some((other) => same(item, other)));
}

function matches(found: readonly string[], pattern: readonly string[]): boolean {
  const rest = pattern.indexOf('***');
  const fixed = rest < 0 ? pattern : pattern.slice(0, rest);
  if (rest < 0 ? found.length !== pattern.length : found.length < rest) return false;
  return fixed.every((word, index) => word === '*' || word === found[index]);
}
