/** Runs one conformance case in an empty folder and lists every difference from what is expected. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { describeCertificate, describeKeyFile, timeOf, type Described } from './certificate.ts';
import { child, readDer } from './der.ts';

interface Step {
  readonly startedMs: number;
}

/** What was seen of one path: enough to tell whether it was created or changed. */
interface Seen {
  readonly line: string;
  readonly fingerprint: string;
}

/**
 * Runs the case in `folder` with `program` (executable and leading arguments).
 * Returns the differences, empty when the case passes.
 */
export function runCase(folder: string, program: readonly string[]): string[] {
  const out = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    if (existsSync(join(folder, 'seed'))) cpSync(join(folder, 'seed'), out, { recursive: true, filter: (path) => !path.endsWith('.keep') });
    cpSync(join(folder, 'config.yaml'), join(out, 'config.yaml'));
    usualModes(out);
    const before = snapshot(out);
    const written = new Map<string, Step>();
    runSteps({ folder, program, out, written });
    const after = snapshot(out);
    return [...treeDifferences(folder, before, after), ...contentDifferences(join(folder, 'expected'), out, written)];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The recorded runs started from 0644 and 0755; the folder with the cases may be read-only. */
function usualModes(out: string): void {
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath ?? entry.path, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}

interface Steps {
  readonly folder: string;
  readonly program: readonly string[];
  readonly out: string;
  readonly written: Map<string, Step>;
}

function runSteps(steps: Steps): void {
  const environment = withoutProxies(process.env);
  for (const line of readFileSync(join(steps.folder, 'command.txt'), 'utf8').split('\n').filter(Boolean)) {
    const [, word, rest = ''] = /^@(env|rm) (.*)$/.exec(line) ?? [];
    if (word === 'env') environment[rest.replace(/=.*/, '')] = rest.replace(/^[^=]*=/, '');
    else if (word === 'rm') rmSync(join(steps.out, rest), { recursive: true });
    else runStep(steps, line, environment);
  }
}

function runStep({ program, out, written }: Steps, line: string, environment: Readonly<Record<string, string>>): void {
  const startedMs = Date.now();
  const known = snapshot(out);
  const words = [...program, ...line.split(' ').map((word) => word.replaceAll('{out}', out))];
  // The umask is set by the shell, because a worker thread may not set its own.
  execFileSync('/bin/sh', ['-c', 'umask 022; exec "$@"', 'sh', ...words], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  for (const [path, seen] of snapshot(out)) {
    if (known.get(path)?.fingerprint !== seen.fingerprint) written.set(path, { startedMs });
  }
}

function withoutProxies(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !name.toLowerCase().endsWith('_proxy'));
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']));
}

function snapshot(root: string): Map<string, Seen> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) =>
    join(entry.parentPath ?? entry.path, entry.name),
  );
  return new Map(
    paths.map((path) => {
      const status = statSync(path);
      const logical = `/${relative(root, path)}`;
      const owner = status.uid === 0 && status.gid === 0 ? '' : ` owner=${status.uid}:${status.gid}`;
      const mode = (status.mode & 0o7777).toString(8).padStart(4, '0');
      const line = `${mode} ${status.isDirectory() ? 'd' : 'f'} ${logical}${owner}`;
      return [logical, { line, fingerprint: status.isDirectory() ? line : `${line} ${readFileSync(path).toString('base64')}` }];
    }),
  );
}

function treeDifferences(folder: string, before: Map<string, Seen>, after: Map<string, Seen>): string[] {
  const expected = readFileSync(join(folder, 'expected/tree.txt'), 'utf8').split('\n').filter(Boolean);
  const changed = [...after].filter(([path, seen]) => before.get(path)?.fingerprint !== seen.fingerprint).map(([, seen]) => seen.line);
  return [
    ...expected.filter((line) => !changed.includes(line)).map((line) => `tree: missing ${line}`),
    ...changed.filter((line) => !expected.includes(line)).map((line) => `tree: unexpected ${line}`),
  ];
}

function contentDifferences(expected: string, out: string, written: Map<string, Step>): string[] {
  const files = readdirSync(expected, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'tree.txt')
    .map((entry) => relative(expected, join(entry.parentPath ?? entry.path, entry.name)));
  return files.flatMap((file) => {
    const target = join(out, file.replace(/\.json$/, ''));
    const isDescription = file.endsWith('.json') && /\.(crt|key|pub|conf)\.json$/.test(file);
    try {
      if (!isDescription) return compareText(file, readFileSync(join(expected, file), 'utf8'), readFileSync(join(out, file), 'utf8'));
      const createdMs = written.get(`/${file.replace(/\.json$/, '')}`)?.startedMs ?? 0;
      return compareDescription({ file, wanted: JSON.parse(readFileSync(join(expected, file), 'utf8')) as Json, target, createdMs, out });
    } catch (error) {
      return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

type Json = Readonly<Record<string, unknown>>;

function compareText(file: string, expected: string, actual: string): string[] {
  const redacted = file.endsWith('.conf') ? actual.replace(/^(\s*[\w-]+-data: ).+$/gm, '$1REDACTED') : actual;
  if (redacted === expected) return [];
  if (!/\.(ya?ml|conf)$/.test(file)) return [`${file}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(redacted)}`];
  const [wanted, found] = [parseYaml(expected), parseYaml(redacted)];
  return isDeepStrictEqual(wanted, found) ? [] : differences(file, wanted, found);
}

function parseYaml(text: string): unknown {
  return parseAllDocuments(text, { version: '1.1' }).map((document): unknown => document.toJS());
}

interface Comparison {
  readonly file: string;
  readonly wanted: Json;
  readonly target: string;
  readonly createdMs: number;
  readonly out: string;
}

function compareDescription(comparison: Comparison): string[] {
  const { file, wanted, target, createdMs } = comparison;
  const text = readFileSync(target, 'utf8');
  const found: Record<string, unknown> = file.endsWith('.conf.json')
    ? describeKubeconfig(text, createdMs, comparison)
    : describeFile(text, createdMs, comparison);
  found['file'] = wanted['file'];
  found['mode'] = (statSync(target).mode & 0o7777).toString(8).padStart(4, '0');
  // The method behind the identifier is informative only; its presence is compared through `extensionOrder`.
  const relevant = Object.fromEntries(Object.entries(wanted).filter(([key]) => key !== 'subjectKeyIdentifier'));
  return differences(file, relevant, found);
}

function describeFile(text: string, createdMs: number, { file, out, wanted }: Comparison): Record<string, unknown> {
  if (!file.endsWith('.crt.json')) return { ...describeKeyFile(text) };
  return withIssuer(describeCertificate(text, createdMs), wanted, certificatesIn(out));
}

function describeKubeconfig(text: string, createdMs: number, { out, wanted }: Comparison): Record<string, unknown> {
  const data = (name: string): string => Buffer.from(new RegExp(`${name}: (\\S+)`).exec(text)?.[1] ?? '', 'base64').toString('utf8');
  const described = describeCertificate(data('client-certificate-data'), createdMs);
  const authority = describeCertificate(data('certificate-authority-data'), createdMs);
  return {
    ...withIssuer(described, wanted, certificatesIn(out)),
    embeddedCA: { subject: authority.fields['subject'] },
    clientKey: describeKeyFile(data('client-key-data')),
  };
}

function certificatesIn(out: string): Described[] {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.crt'))
    .map((entry) => describeCertificate(readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'), 0))
    .filter((certificate) => certificate.x509.ca);
}

function withIssuer(described: Described, wanted: Json, authorities: readonly Described[]): Record<string, unknown> {
  const issuer = authorities.find((authority) => described.x509.verify(authority.x509.publicKey));
  const names = (issuer?.fields['subject'] ?? []) as { type: string; value: string }[][];
  const last = names.at(-1)?.[0];
  const matches = described.authorityKeyIdentifier !== undefined && described.authorityKeyIdentifier === issuer?.subjectKeyIdentifier;
  return {
    ...described.fields,
    authorityKeyIdentifier: matches ? 'keyIdentifier-equals-issuer-subjectKeyIdentifier' : null,
    notBeforeEqualsIssuerNotBefore: sameStart(described, issuer, wanted),
    signedBy: last === undefined ? undefined : `${last.type}=${last.value}`,
  };
}

/** The recorded runs made CA and leaf in one step; a step that starts a second later may differ by that second. */
function sameStart(described: Described, issuer: Described | undefined, wanted: Json): unknown {
  if (issuer === undefined) return undefined;
  return Math.abs(startOf(described) - startOf(issuer)) <= 1000 ? wanted['notBeforeEqualsIssuerNotBefore'] : false;
}

function startOf(certificate: Described): number {
  return timeOf(child(child(child(readDer(certificate.x509.raw), 0), 4), 0));
}

function differences(place: string, wanted: unknown, found: unknown): string[] {
  if (isDeepStrictEqual(wanted, found)) return [];
  if (isContainer(wanted) && isContainer(found) && Array.isArray(wanted) === Array.isArray(found)) {
    const keys = new Set([
      ...Object.keys(wanted),
      ...(Array.isArray(wanted) ? Object.keys(found) : place.endsWith('.json') ? [] : Object.keys(found)),
    ]);
    return [...keys].flatMap((key) => differences(`${place} ${key}`, wanted[key], found[key]));
  }
  return [`${place}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
