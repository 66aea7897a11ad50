/** Certificate authorities on disk: looked at, made when there is none, or found to be kept elsewhere. */
import type { KeyObject } from 'node:crypto';
import { ProblemError, type Problem, type Task, type Work } from 'phaserunner';
import type { AuthorityDescription } from '../../core/certificates/descriptions.ts';
import { authorityPeriod, serialNumber } from '../../core/certificates/issuing.ts';
import { buildAuthority } from '../../formats/x509/build.ts';
import { readCertificates, type Certificate } from '../../formats/x509/certificate.ts';
import type { Files } from '../../host/port.ts';
import { certificateFile, keyFile, notAnAuthority, outsidePeriod } from './faults.ts';
import { basePath, findObstacles, keyOwner, readPair, writePair, type Pair, type PkiContext } from './files.ts';
import { adopt, findKeyOf, type Waiting } from './interrupted.ts';

/** `usable` without a key: it is an external authority, which cannot sign here. */
export type Authority =
  | { readonly state: 'absent' }
  | { readonly state: 'usable'; readonly certificate: Certificate; readonly key?: KeyObject; readonly waiting?: Waiting }
  | { readonly state: 'unusable'; readonly problems: readonly Problem[] };

/** Reads an authority and judges it at the start of the run. */
export async function readAuthority(
  { host, paths, startedAtMs }: Pick<PkiContext, 'host' | 'paths' | 'startedAtMs'>,
  description: AuthorityDescription,
): Promise<Authority> {
  const base = basePath({ paths }, description);
  const pair = await readPair(host.files, base);
  if (pair.state === 'absent' || pair.state === 'unusable') return pair;
  const file = certificateFile(base);
  if (!pair.certificate.isAuthority) return { state: 'unusable', problems: [notAnAuthority(file)] };
  const late = outsidePeriod(file, pair.certificate, startedAtMs);
  if (late !== undefined) return { state: 'unusable', problems: [late] };
  return usable(pair);
}

function usable(pair: Pair & { readonly state: 'complete' | 'keyless' }): Authority {
  const { certificate } = pair;
  if (pair.state === 'keyless') return { state: 'usable', certificate };
  return { state: 'usable', certificate, key: pair.key, ...(pair.waiting === undefined ? {} : { waiting: pair.waiting }) };
}

/** What the phase of one authority does. */
export function authorityWork(description: AuthorityDescription): Work<PkiContext> {
  return {
    check: (context) => checkCertificateAuthority(context, description),
    prepare: (context) => reserveAuthorityKey(context, description),
    run: (context, task) => ensureCertificateAuthority(context, description, task),
  };
}

/** Returns what would keep the authority from being used or made. */
async function checkCertificateAuthority(context: PkiContext, description: AuthorityDescription): Promise<readonly Problem[]> {
  const authority = await readAuthority(context, description);
  if (authority.state === 'unusable') return authority.problems;
  return authority.state === 'absent' ? findObstacles(context.host.files, basePath(context, description)) : [];
}

/** Starts to make the key, when the authority will be made. */
async function reserveAuthorityKey(context: PkiContext, description: AuthorityDescription): Promise<void> {
  const { config, keys } = context;
  const authority = await readAuthority(context, description);
  if (authority.state === 'absent') keys.reserve(keyOwner(description), config.cluster.encryptionAlgorithm);
}

/**
 * Keeps the authority that is there, or makes one.
 * @throws ProblemError with the problems of `checkCertificateAuthority`
 */
async function ensureCertificateAuthority(context: PkiContext, description: AuthorityDescription, task: Task): Promise<void> {
  const authority = await readAuthority(context, description);
  if (authority.state === 'unusable') throw new ProblemError(authority.problems);
  if (authority.state === 'absent') return await generateAuthority(context, description, task);
  if (authority.waiting !== undefined) {
    await adopt(context.host.files, authority.waiting);
    return task.narrate(`completed the certificate authority "${description.base}", which an interrupted run left half in place`);
  }
  const note = authority.key === undefined ? ', whose key is kept elsewhere' : '';
  task.message(`using the existing certificate authority "${description.base}"${note}`);
}

async function generateAuthority(context: PkiContext, description: AuthorityDescription, task: Task): Promise<void> {
  const { config, host, keys, startedAtMs } = context;
  const { base, commonName } = description;
  const key = await keys.take(keyOwner(description), config.cluster.encryptionAlgorithm, task.signal);
  const template = {
    commonName,
    organizations: [],
    serialNumber: serialNumber((length) => host.randomBytes(length)),
    ...authorityPeriod(config, startedAtMs),
    names: { dnsNames: [commonName], ipAddresses: [] },
  };
  await writePair(host.files, basePath(context, description), { key, certificate: buildAuthority(template, key) });
  task.narrate(`made the certificate authority "${base}": certificate and key`);
}

/**
 * True when the cluster's certificate authority is there without its key, so that this program cannot sign and the
 * user provides everything that needs a signature. A certificate that cannot be used is not an external authority.
 */
export async function hasExternalCa(files: Files, certificatesDir: string): Promise<boolean> {
  return isExternalAuthority(files, `${certificatesDir}/ca`);
}

/** The same for the authority whose files are `base.crt` and `base.key`. A key that an interrupted run left staged is there. */
export async function isExternalAuthority(files: Files, base: string): Promise<boolean> {
  const [text, key] = await Promise.all([files.readText(certificateFile(base)), files.status(keyFile(base))]);
  if (text === undefined || key !== undefined) return false;
  const certificate = decode(text);
  return certificate?.isAuthority === true && (await findKeyOf(files, keyFile(base), certificate)) === undefined;
}

function decode(text: string): Certificate | undefined {
  try {
    return readCertificates(text)[0];
  } catch {
    // What is wrong with the file is reported by the phase that the file belongs to.
    return undefined;
  }
}
