/**
 * Checks which folder may import which, that no modules import each other in a circle (types count), and a few words that
 * must not occur in some folders. Exits 1 with a list of violations. docs/architecture.md tells the same in prose.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const product = 'packages/kubephase/src/';
const engine = 'packages/phaserunner/src/';
const pureNode = ['node:crypto', 'node:net', 'node:util', 'node:buffer', 'node:path'];

/** The interfaces of what is outside, without their implementations. */
const ports = ['host/port.ts', 'clients/kube/port.ts', 'clients/health/port.ts', 'clients/cri/port.ts', 'clients/etcd/port.ts'];

/** What every layer may use: they know nothing of the machine. */
const pure = ['core/', 'formats/', 'releases/', 'problems/', 'config/types.ts'];

/**
 * Rows for the folders of the product, from the bottom to the top. First row that matches a file decides.
 * `local`: what it may import besides its own folder, as prefixes of paths; `packages`: bare specifiers, as prefixes.
 */
const layers = [
  { of: 'problems/', local: [], packages: ['phaserunner'] },
  { of: 'product.ts', local: [], packages: [] },
  {
    of: 'formats/',
    local: ['problems/'],
    packages: [...pureNode, 'yaml', 'semver', 'ip-address', 'fast-json-patch'],
  },
  { of: 'releases/', local: ['formats/'], packages: [] },
  { of: 'flags/', local: [], packages: ['phaserunner'] },
  { of: 'core/', local: pure, packages: [...pureNode, 'phaserunner'] },
  { of: 'host/', local: ['problems/', 'formats/'], packages: ['node:', 'phaserunner'] },
  {
    of: 'config/',
    local: ['formats/', 'releases/', 'problems/', 'flags/', 'host/port.ts', 'clients/releases/port.ts'],
    packages: [...pureNode, 'phaserunner', 'valibot', 'yaml'],
  },
  { of: 'clients/cri/', local: ['clients/grpc.ts', 'problems/'], packages: ['node:', '@bufbuild/protobuf', '@connectrpc/'] },
  {
    of: 'clients/etcd/',
    local: ['clients/grpc.ts', 'clients/web.ts', 'problems/'],
    packages: ['node:', 'phaserunner', '@bufbuild/protobuf', '@connectrpc/'],
  },
  { of: 'clients/health/', local: ['clients/untrusted.ts', 'problems/'], packages: ['node:'] },
  {
    of: 'clients/kube/',
    // Files that a kubeconfig names are read as all others are.
    local: [
      'problems/',
      'formats/',
      'core/cluster-objects/object.ts',
      'core/kubeconfig/',
      'host/real/read.ts',
      'clients/body.ts',
      'clients/untrusted.ts',
    ],
    packages: ['node:', 'phaserunner', '@kubernetes/client-node'],
  },
  { of: 'clients/releases/', local: ['clients/web.ts'], packages: ['node:'] },
  { of: 'clients/grpc.ts', local: [], packages: ['node:', '@connectrpc/'] },
  { of: 'clients/untrusted.ts', local: [], packages: [] },
  { of: 'clients/body.ts', local: [], packages: ['node:http'] },
  { of: 'clients/web.ts', local: ['clients/body.ts', 'formats/net/'], packages: ['node:'] },
  // The recording and dry-run ones of all four ports.
  { of: 'clients/', local: [...ports, 'clients/etcd/failure.ts', 'clients/kube/'], packages: ['phaserunner'] },
  { of: 'operations/', local: [...pure, ...ports, 'config/print/'], packages: [...pureNode, 'phaserunner'] },
  {
    of: 'preflight/',
    local: [
      ...pure,
      ...ports,
      'operations/',
      'product.ts',
      'clients/etcd/version.ts',
      // The names of all checks come from the defaults of a whole configuration.
      'config/whole-file.ts',
    ],
    packages: ['phaserunner', 'node:util', 'node:zlib'],
  },
  { of: 'phases/', local: [...pure, ...ports, 'operations/', 'flags/'], packages: ['phaserunner'] },
  { of: 'output/', local: ['formats/', 'problems/'], packages: ['phaserunner'] },
  { of: 'settings/', local: ['formats/', 'problems/', 'host/files/', 'host/real/'], packages: ['phaserunner', 'node:fs', 'node:path'] },
  // Sockets and the folders in which they lie; what takes the lock knows neither.
  {
    of: 'run/lock/',
    local: ['problems/', 'formats/', 'flags/', 'host/', 'operations/'],
    packages: ['node:fs', 'node:net', 'node:path', 'phaserunner'],
  },
  {
    of: 'run/',
    local: [...pure, 'config/', 'host/', 'clients/', 'flags/', 'operations/', 'output/', 'settings/', 'product.ts', 'standard-io.ts'],
    packages: ['node:path', 'phaserunner', 'commander'],
  },
  ...foldersOf('commands/').map((folder) => ({
    of: folder,
    local: [
      ...pure,
      ...ports,
      'config/',
      'flags/',
      'operations/',
      'output/',
      'phases/',
      'preflight/',
      'run/',
      'clients/releases/port.ts',
      // Configurations that are not from this machine are printed and moved to other versions on an empty one.
      'host/memory/',
    ],
    packages: ['phaserunner', 'commander'],
  })),
  {
    of: 'commands/',
    local: [...pure, 'commands/', 'flags/', 'run/', 'product.ts'],
    packages: ['phaserunner/commander', 'commander', 'node:crypto'],
  },
  {
    of: 'program.ts',
    local: ['commands/table.ts', 'flags/', 'problems/', 'run/failures.ts', 'run/machine.ts', 'product.ts'],
    packages: ['phaserunner/commander', 'commander'],
  },
  { of: 'main.ts', local: ['program.ts', 'product.ts'], packages: ['phaserunner'] },
  { of: 'standard-io.ts', local: [], packages: ['node:fs'] },
  { of: 'process-end.ts', local: [], packages: ['node:os'] },
  // What the library exports.
  { of: 'index.ts', local: [''], packages: [] },
  { of: 'testing.ts', local: ['host/', 'clients/'], packages: [] },
].map(({ of, local, packages }) => ({
  of: product + of,
  local: [...local, ...(of.endsWith('/') ? [of] : [])].map((path) => product + path),
  packages,
}));

const rules = [
  { of: `${engine}commander/`, local: [engine], packages: ['commander', 'node:'] },
  { of: engine, local: [engine], packages: ['node:url', 'node:path', 'node:fs'] },
  ...layers,
];

/** Words that give away that a phase knows which implementation of a port it has. */
const forbiddenWords = [
  {
    of: new RegExp(`^${product}(phases/|commands/.*/phases\\.ts|operations/|preflight/|core/)`),
    word: /dry-?run/i,
    // The name of the flag, as one of those that a command takes.
    except: /'dry-run'/g,
    why: 'no phase knows of dry-run',
  },
];

const importPattern = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g;

function foldersOf(folder) {
  return readdirSync(join(root, product, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}${entry.name}/`);
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|cases|test-d)\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Path, text and what it imports: paths from the root, or names of packages. */
function readModule(path) {
  const text = readFileSync(join(root, path), 'utf8');
  const specifiers = [...text.matchAll(importPattern)].map(([, specifier]) => specifier);
  const [local, packages] = [specifiers.filter((name) => name.startsWith('.')), specifiers.filter((name) => !name.startsWith('.'))];
  return { path, text, local: local.map((name) => relative(root, resolve(root, dirname(path), name))), packages };
}

/** The targets that start with none of the prefixes. */
function outside(targets, prefixes) {
  return targets.filter((target) => !prefixes.some((prefix) => target.startsWith(prefix)));
}

function violationsOf({ path, text, local, packages }) {
  const rule = rules.find(({ of }) => path.startsWith(of));
  if (rule === undefined) return [`${path}: no rule says what it may import`];
  const forbidden = [...outside(local, rule.local), ...outside(packages, rule.packages)];
  const words = forbiddenWords.filter(({ of, word, except }) => of.test(path) && word.test(text.replace(except, '')));
  return [...forbidden.map((target) => `${path}: may not import ${target}`), ...words.map(({ why }) => `${path}: ${why}`)];
}

/** Modules on a way that leads back to itself, each circle once: the strongly connected components of more than one module. */
function circlesOf(modules) {
  const imports = new Map(modules.map(({ path, local }) => [path, local]));
  const order = new Map();
  const lowest = new Map();
  const stack = [];
  const circles = [];
  const visit = (path) => {
    order.set(path, order.size);
    lowest.set(path, order.get(path));
    stack.push(path);
    for (const next of imports.get(path)) {
      if (!imports.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(path, Math.min(lowest.get(path), lowest.get(next)));
    }
    if (lowest.get(path) !== order.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1 || imports.get(path).includes(path)) circles.push(circle);
  };
  for (const path of imports.keys()) if (!order.has(path)) visit(path);
  return circles.map((circle) => `circle: ${circle.join(' → ')} → ${circle[0]}`);
}

const modules = [...sources(engine), ...sources(product)].map(readModule);
const violations = [...modules.flatMap(violationsOf), ...circlesOf(modules)];
for (const line of violations) console.error(line);
console.log(`${modules.length} modules, ${violations.length} border violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
