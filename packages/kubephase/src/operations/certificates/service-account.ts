/** The key pair of service accounts on disk: looked at, or made when there is none. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { ProblemError, type Problem, type Task, type Work } from 'phaserunner';
import { ca, serviceAccountKeys } from '../../core/certificates/descriptions.ts';
import { privateKeyPem, publicKeyPem } from '../../core/keys/pem.ts';
import { basePath, keyOwner, readKeyFile, readPublicKeyFile, type Found, type PkiContext } from './files.ts';
import { hasExternalCa } from './authority.ts';
import { adopt, findStagedKey, type Waiting } from './interrupted.ts';
import { certificateFile, externalIncomplete, incompletePair, keyMismatch } from './faults.ts';

/** With components that run as users of their own, a group of theirs reads the key. */
const groupReads = 0o040;
const owner = keyOwner({ name: 'sa' });

/**
 * | sa.key | sa.pub          | state                                                |
 * | ------ | --------------- | ---------------------------------------------------- |
 * | –      | –               | `absent`                                             |
 * | staged | holds its half  | `waiting`: an interrupted run left the key staged    |
 * | –      | any             | `unusable`                                           |
 * | good   | –               | `private`: the public key is made from it            |
 * | good   | holds its half  | `complete`                                           |
 * | good   | other keys only | `unusable`                                           |
 * | broken | any             | `unusable`                                           |
 */
type ServiceAccountKeys =
  | { readonly state: 'absent' | 'complete' }
  | { readonly state: 'private'; readonly key: KeyObject }
  | { readonly state: 'waiting'; readonly waiting: Waiting }
  | { readonly state: 'unusable'; readonly problems: readonly Problem[] };

/** What the phase of the key pair does. */
export const serviceAccountWork: Work<PkiContext> = {
  check: checkServiceAccountKeys,
  prepare: reserveServiceAccountKey,
  run: ensureServiceAccountKeys,
};

/** Returns what would keep the key pair from being used or made. */
async function checkServiceAccountKeys(context: PkiContext): Promise<readonly Problem[]> {
  const { files } = context.host;
  const { privateKey, publicKey } = paths(context);
  const found = await readKeys(context);
  if (found.state === 'unusable') return found.problems;
  if (found.state === 'complete') return [];
  if (found.state === 'absent' && (await hasExternalCa(files, context.paths.certificates))) {
    return [externalIncomplete(privateKey, certificateFile(basePath(context, ca)))];
  }
  const obstacle = await files.obstacle(found.state === 'private' ? publicKey : privateKey);
  return obstacle === undefined ? [] : [obstacle];
}

/** Starts to make the key, when there is none. */
async function reserveServiceAccountKey(context: PkiContext): Promise<void> {
  const found = await readKeys(context);
  if (found.state === 'absent') context.keys.reserve(owner, context.config.cluster.encryptionAlgorithm);
}

/**
 * Keeps the key pair that is there, completes it, or makes one.
 * @throws ProblemError with the problems of `checkServiceAccountKeys`
 */
async function ensureServiceAccountKeys(context: PkiContext, task: Task): Promise<void> {
  const problems = await checkServiceAccountKeys(context);
  if (problems.length > 0) throw new ProblemError(problems);
  const found = await readKeys(context);
  if (found.state === 'absent') return await generate(context, task);
  if (found.state === 'waiting') {
    await adopt(context.host.files, found.waiting);
    return task.message('completed the key pair "sa" of the service accounts, which an interrupted run left half in place');
  }
  if (found.state !== 'private') return task.message('using the existing key pair "sa" of the service accounts');
  await context.host.files.write({ path: paths(context).publicKey, content: publicKeyPem(found.key), mode: 0o600 });
  task.narrate('using the existing key "sa" of the service accounts; made its public key again');
}

async function generate({ config, host, keys, ...context }: PkiContext, task: Task): Promise<void> {
  const key = await keys.take(owner, config.cluster.encryptionAlgorithm, task.signal);
  const { privateKey, publicKey } = paths(context);
  await host.files.writeTogether([
    { path: privateKey, content: privateKeyPem(key), mode: 0o600, secret: true },
    { path: publicKey, content: publicKeyPem(key), mode: 0o600 },
  ]);
  task.narrate('made the key pair "sa" of the service accounts: private and public key');
}

async function readKeys({ config, host, ...context }: PkiContext): Promise<ServiceAccountKeys> {
  const { privateKey, publicKey } = paths(context);
  const allowed = config.cluster.featureGates['RootlessControlPlane'] === true ? groupReads : 0;
  const [secret, open] = await Promise.all([readKeyFile(host.files, privateKey, allowed), readPublicKeyFile(host.files, publicKey)]);
  if (secret.value === undefined && secret.problems.length === 0 && open.value !== undefined) {
    const staged = await findStagedKey(host.files, privateKey, { fits: holdsHalfOf(open.value), allowedBits: allowed });
    if (staged !== undefined) return { state: 'waiting', waiting: staged.waiting };
  }
  const problems = [...secret.problems, ...open.problems, ...pairProblems({ secret, open, privateKey, publicKey })];
  if (problems.length > 0) return { state: 'unusable', problems };
  if (secret.value === undefined) return { state: 'absent' };
  return open.value === undefined ? { state: 'private', key: secret.value } : { state: 'complete' };
}

interface FoundKeys {
  readonly secret: Found<KeyObject>;
  readonly open: Found<readonly KeyObject[]>;
  readonly privateKey: string;
  readonly publicKey: string;
}

function pairProblems({ secret, open, privateKey, publicKey }: FoundKeys): readonly Problem[] {
  if (open.value === undefined || secret.problems.length > 0) return [];
  if (secret.value === undefined) return [incompletePair(publicKey, privateKey)];
  // After a rotation the file also holds the public keys of earlier tokens.
  return holdsHalfOf(open.value)(secret.value) ? [] : [keyMismatch(privateKey, publicKey)];
}

/** Whether the public half of a private key is among `keys`. */
function holdsHalfOf(keys: readonly KeyObject[]): (secret: KeyObject) => boolean {
  return (secret) => {
    const own = createPublicKey(secret);
    return keys.some((key) => key.equals(own));
  };
}

function paths(context: Pick<PkiContext, 'paths'>): { readonly privateKey: string; readonly publicKey: string } {
  const directory = context.paths.certificates;
  return { privateKey: `${directory}/${serviceAccountKeys.privateKey}`, publicKey: `${directory}/${serviceAccountKeys.publicKey}` };
}
