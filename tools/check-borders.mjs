/** Checks which folder may import which, and a few words that must not occur in some folders. Exits 1 with a list of violations. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const product = 'packages/kubephase/src/';
const engine = 'packages/phaserunner/src/';
const pureNode = ['node:crypto', 'node:net', 'node:util', 'node:buffer', 'node:path'];

/**
 * First row that matches a file decides. `local`: folders (below the repository root) that it may import from;
 * `packages`: bare specifiers that it may import, as prefixes.
 */
const rules = [
  { of: `${engine}commander/`, local: [engine], packages: ['commander', 'node:'] },
  { of: engine, local: [engine], packages: ['node:url', 'node:path', 'node:fs'] },
  {
    of: `${product}formats/`,
    local: [`${product}formats/`, `${product}problems/`],
    packages: [...pureNode, 'yaml', 'semver', 'ip-address', 'fast-json-patch', 'phaserunner'],
  },
  { of: `${product}releases/`, local: [`${product}releases/`, `${product}formats/`], packages: ['phaserunner'] },
  { of: `${product}problems/`, local: [`${product}problems/`], packages: ['phaserunner'] },
  { of: `${product}flags/`, local: [`${product}flags/`], packages: ['phaserunner'] },
  {
    of: `${product}core/`,
    local: ['core/', 'formats/', 'releases/', 'problems/', 'config/types.ts', 'config/print/'].map((folder) => product + folder),
    packages: [...pureNode, 'phaserunner', 'yaml'],
  },
  {
    of: `${product}config/`,
    local: ['config/', 'core/', 'formats/', 'releases/', 'problems/', 'flags/', 'host/port.ts', 'clients/releases/port.ts'].map(
      (folder) => product + folder,
    ),
    packages: [...pureNode, 'phaserunner', 'valibot', 'yaml'],
  },
  {
    of: `${product}host/`,
    local: ['host/', 'problems/', 'formats/'].map((folder) => product + folder),
    packages: ['node:', 'phaserunner'],
  },
  {
    of: `${product}clients/cri/`,
    local: ['clients/cri/', 'clients/grpc.ts', 'problems/'].map((folder) => product + folder),
    packages: ['node:', 'phaserunner', '@bufbuild/protobuf', '@connectrpc/'],
  },
  {
    of: `${product}clients/etcd/`,
    local: ['clients/etcd/', 'clients/grpc.ts', 'clients/web.ts', 'problems/', 'formats/'].map((folder) => product + folder),
    packages: ['node:', 'phaserunner', '@bufbuild/protobuf', '@connectrpc/'],
  },
  { of: `${product}clients/grpc.ts`, local: [], packages: ['node:', '@connectrpc/'] },
  {
    of: `${product}clients/kube/`,
    local: ['clients/kube/', 'problems/', 'formats/', 'core/cluster-objects/object.ts', 'core/kubeconfig/'].map(
      (folder) => product + folder,
    ),
    packages: ['node:', 'phaserunner', '@kubernetes/client-node'],
  },
  {
    of: `${product}clients/`,
    local: ['clients/', 'problems/', 'formats/', 'host/port.ts', 'core/cluster-objects/object.ts'].map((folder) => product + folder),
    packages: ['node:', 'phaserunner'],
  },
  {
    of: `${product}operations/`,
    local: [
      'operations/',
      'core/',
      'formats/',
      'releases/',
      'problems/',
      'config/types.ts',
      'config/print/',
      'host/port.ts',
      'clients/kube/port.ts',
      'clients/health/port.ts',
      'clients/cri/port.ts',
      'clients/etcd/port.ts',
    ].map((folder) => product + folder),
    packages: [...pureNode, 'phaserunner'],
  },
  {
    of: `${product}preflight/`,
    local: [
      'preflight/',
      'core/',
      'formats/',
      'releases/',
      'problems/',
      'operations/',
      'config/types.ts',
      // The names of all checks come from the defaults of a whole configuration.
      'config/whole-file.ts',
      'product.ts',
      'host/port.ts',
      'clients/cri/port.ts',
      'clients/etcd/version.ts',
    ].map((folder) => product + folder),
    packages: ['phaserunner', 'node:util', 'node:zlib'],
  },
  {
    of: /^packages\/kubephase\/src\/commands\/.*phase\//,
    local: [
      'commands/',
      'operations/',
      'core/',
      'formats/',
      'preflight/',
      'problems/',
      'releases/',
      'flags/',
      'config/types.ts',
      'config/print/',
      'host/port.ts',
      'clients/kube/port.ts',
      'clients/health/port.ts',
      'clients/cri/port.ts',
      'clients/etcd/port.ts',
    ].map((folder) => product + folder),
    packages: ['phaserunner', 'node:crypto'],
  },
];

/** Words that give away that a phase knows which implementation of a port it has. */
const forbiddenWords = [
  { of: /^packages\/kubephase\/src\/commands\/.*phase\//, word: /dry-?run/i, except: /'dry-run'/g, why: 'no phase knows of dry-run' },
];

const importPattern = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g;

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|cases|test-d)\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)));
}

function ruleFor(file) {
  return rules.find((rule) => (typeof rule.of === 'string' ? file.startsWith(rule.of) : rule.of.test(file)));
}

function violationsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [];
  const rule = ruleFor(file);
  for (const [, specifier] of rule === undefined ? [] : text.matchAll(importPattern)) {
    const isLocal = specifier.startsWith('.');
    const target = isLocal ? relative(root, resolve(root, dirname(file), specifier)) : specifier;
    const allowed = (isLocal ? rule.local : rule.packages).some((prefix) => target.startsWith(prefix));
    if (!allowed) found.push(`${file}: may not import ${target}`);
  }
  for (const { of, word, except, why } of forbiddenWords) {
    if (of.test(file) && word.test(text.replace(except, ''))) found.push(`${file}: ${why}`);
  }
  return found;
}

const files = [...sources(engine), ...sources(product)];
const violations = files.flatMap(violationsOf);
for (const line of violations) console.error(line);
console.log(`${files.length} files, ${violations.length} border violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
