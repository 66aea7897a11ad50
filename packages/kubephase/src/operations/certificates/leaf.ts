/** Certificates signed by an authority: looked at, or made when there are none. */
import { ProblemError, type Problem, type Task, type Work } from 'phaserunner';
import type { LeafDescription } from '../../core/certificates/descriptions.ts';
import { leafPeriod, serialNumber } from '../../core/certificates/issuing.ts';
import { buildLeaf, type Signer } from '../../formats/x509/build.ts';
import type { AltNames } from '../../formats/x509/names.ts';
import { leadsToAuthority } from '../../formats/x509/verify.ts';
import { readAuthority, type Authority } from './authority.ts';
import {
  authorityMissing,
  authorityNeeded,
  certificateFile,
  externalIncomplete,
  incompletePair,
  keyFile,
  notSigned,
  outsidePeriod,
} from './faults.ts';
import { basePath, findObstacles, keyOwner, readPair, writePair, type Pair, type PkiContext } from './files.ts';
import { adopt } from './interrupted.ts';

interface Finding {
  readonly pair: Pair;
  readonly authority: Authority;
  readonly problems: readonly Problem[];
}

/** What the phase of one certificate does. */
export function certificateWork(leaf: LeafDescription): Work<PkiContext> {
  return {
    check: (context) => checkCertificate(context, leaf),
    prepare: (context) => reserveCertificateKey(context, leaf),
    run: (context, task) => ensureCertificate(context, leaf, task),
  };
}

/** Returns what would keep the certificate from being used or made, as far as it can be seen before the authority is made. */
async function checkCertificate(context: PkiContext, leaf: LeafDescription): Promise<readonly Problem[]> {
  const { pair, problems } = await examine(context, leaf);
  if (pair.state !== 'absent' || problems.length > 0) return problems;
  leaf.names?.(context.config);
  return findObstacles(context.host.files, basePath(context, leaf));
}

/** Starts to make the key, when the certificate will be made. */
async function reserveCertificateKey(context: PkiContext, leaf: LeafDescription): Promise<void> {
  const pair = await readPair(context.host.files, basePath(context, leaf));
  if (pair.state === 'absent') context.keys.reserve(keyOwner(leaf), context.config.cluster.encryptionAlgorithm);
}

/**
 * Keeps the certificate that is there, or makes one.
 * @throws ProblemError with the problems of `checkCertificate`, or `PKI_AUTHORITY_MISSING`
 */
async function ensureCertificate(context: PkiContext, leaf: LeafDescription, task: Task): Promise<void> {
  const { pair, authority, problems } = await examine(context, leaf);
  if (problems.length > 0) throw new ProblemError(problems);
  if (pair.state === 'absent') return await generate(context, leaf, { task, signer: signerOf(context, leaf, authority) });
  if (pair.state !== 'complete') return;
  if (pair.waiting !== undefined) {
    await adopt(context.host.files, pair.waiting);
    task.narrate(`completed the certificate "${leaf.base}", which an interrupted run left half in place`);
  } else task.message(`using the existing certificate "${leaf.base}" and its key`);
  const missing = leaf.names === undefined ? [] : missingNames(pair.certificate.names, leaf.names(context.config));
  if (missing.length > 0) {
    task.warn(
      `the existing certificate "${leaf.base}" is kept, but lacks names that the configuration asks for: ${missing.join(', ')}; remove it and its key to have it made again`,
    );
  }
}

/**
 * | certificate | authority             | result                                                   |
 * | ----------- | --------------------- | -------------------------------------------------------- |
 * | any         | unusable              | problems of the authority and of the certificate itself  |
 * | unusable    | any                   | problems of the certificate                              |
 * | keyless     | any                   | incomplete pair                                          |
 * | absent      | absent, or with key   | none: it will be made                                    |
 * | absent      | without key           | incomplete external authority                            |
 * | complete    | absent                | missing authority: a new one would not fit               |
 * | complete    | usable                | none when in its period and signed by the authority      |
 */
async function examine(context: PkiContext, leaf: LeafDescription): Promise<Finding> {
  const [pair, authority] = await Promise.all([
    readPair(context.host.files, basePath(context, leaf)),
    readAuthority(context, leaf.authority),
  ]);
  const ofAuthority = authority.state === 'unusable' ? authority.problems : [];
  return { pair, authority, problems: [...ofAuthority, ...problemsOf(context, leaf, { pair, authority })] };
}

function problemsOf(context: PkiContext, leaf: LeafDescription, found: Omit<Finding, 'problems'>): readonly Problem[] {
  const { pair, authority } = found;
  const file = certificateFile(basePath(context, leaf));
  const authorityFile = certificateFile(basePath(context, leaf.authority));
  if (pair.state === 'unusable') return pair.problems;
  if (pair.state === 'keyless') return [incompletePair(file, keyFile(basePath(context, leaf)))];
  if (pair.state === 'absent') return isExternal(authority) ? [externalIncomplete(file, authorityFile)] : [];
  if (authority.state === 'absent') return [authorityMissing(file, authorityFile)];
  const late = outsidePeriod(file, pair.certificate, context.startedAtMs);
  if (late !== undefined) return [late];
  if (authority.state === 'unusable') return [];
  const { certificate, intermediates } = pair;
  const chain = { leaf: certificate, intermediates, authority: authority.certificate, atMs: context.startedAtMs };
  return leadsToAuthority(chain) ? [] : [notSigned(file, authorityFile)];
}

function isExternal(authority: Authority): boolean {
  return authority.state === 'usable' && authority.key === undefined;
}

function signerOf(context: PkiContext, leaf: LeafDescription, authority: Authority): Signer {
  if (authority.state === 'usable' && authority.key !== undefined) return { certificate: authority.certificate, key: authority.key };
  throw new ProblemError(
    authorityNeeded(leaf.base, { file: certificateFile(basePath(context, leaf.authority)), base: leaf.authority.base }),
  );
}

async function generate(
  context: PkiContext,
  leaf: LeafDescription,
  { task, signer }: { readonly task: Task; readonly signer: Signer },
): Promise<void> {
  const { config, host, keys, release, startedAtMs } = context;
  const key = await keys.take(keyOwner(leaf), config.cluster.encryptionAlgorithm, task.signal);
  const { unusable, ...names } = leaf.names?.(config) ?? { dnsNames: [], ipAddresses: [], unusable: [] };
  const template = {
    ...leaf.subject(config, release.traits),
    serialNumber: serialNumber((length) => host.randomBytes(length)),
    ...leafPeriod(config, startedAtMs),
    extendedKeyUsages: leaf.extendedKeyUsages,
    names,
  };
  await writePair(host.files, basePath(context, leaf), { key, certificate: buildLeaf(template, key, signer) });
  if (unusable.length > 0)
    task.warn(`left out of the certificate "${leaf.base}", as neither a DNS name nor an IP address: ${unusable.join(', ')}`);
  const serves =
    leaf.names === undefined
      ? ''
      : `; it serves the DNS names ${names.dnsNames.join(', ')} and the IP addresses ${names.ipAddresses.join(', ')}`;
  task.narrate(`made the certificate "${leaf.base}" and its key${serves}`);
}

/** Returns the wanted names that are not covered; a wildcard covers one label. */
function missingNames(held: AltNames, wanted: AltNames): readonly string[] {
  return [
    ...wanted.dnsNames.filter((name) => !coversDnsName(held.dnsNames, name)),
    ...wanted.ipAddresses.filter((address) => !held.ipAddresses.includes(address)),
  ];
}

function coversDnsName(held: readonly string[], wanted: string): boolean {
  const wildcard = wanted.replace(/^[^.]+\./, '*.');
  return held.some((name) => [wanted, wildcard].includes(name.toLowerCase()));
}
