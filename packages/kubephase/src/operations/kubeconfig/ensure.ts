/** kubeconfig files on disk: looked at, or made when there are none. */
import { ProblemError, type Problem, type Task, type Work } from 'phaserunner';
import { ca } from '../../core/certificates/descriptions.ts';
import { kubeconfigPeriod, serialNumber } from '../../core/certificates/issuing.ts';
import { endpointPortWarning } from '../../core/endpoint.ts';
import { privateKeyPem } from '../../core/keys/pem.ts';
import { buildKubeconfig } from '../../core/kubeconfig/kubeconfig.ts';
import { serverOf, type KubeconfigDescription } from '../../core/kubeconfig/descriptions.ts';
import { printKubeconfig } from '../../core/kubeconfig/text.ts';
import { buildLeaf, type Signer } from '../../formats/x509/build.ts';
import { writeCertificate } from '../../formats/x509/certificate.ts';
import { readAuthority, type Authority } from '../certificates/authority.ts';
import { basePath, readCertificateFile, type CertificateList, type PkiContext } from '../certificates/files.ts';
import { authorityMissing, authorityNeeded, certificateFile, externalIncomplete } from '../certificates/faults.ts';
import { judgeKubeconfig, warningsOf, type ExistingKubeconfig } from './existing.ts';

export interface KubeconfigContext extends PkiContext {
  readonly paths: PkiContext['paths'] & { readonly kubeconfigs: string };
}

interface Finding {
  readonly authority: Authority;
  readonly existing: ExistingKubeconfig | { readonly state: 'absent' };
  readonly problems: readonly Problem[];
}

/** What the phase of one file does. */
export function kubeconfigWork(description: KubeconfigDescription): Work<KubeconfigContext> {
  return {
    check: (context) => checkKubeconfig(context, description),
    prepare: (context) => reserveKubeconfigKey(context, description),
    run: (context, task) => ensureKubeconfig(context, description, task),
  };
}

/** Returns what would keep the file from being used or made, as far as it can be seen before the authority is made. */
async function checkKubeconfig(context: KubeconfigContext, description: KubeconfigDescription): Promise<readonly Problem[]> {
  const { existing, problems } = await examine(context, description);
  if (existing.state !== 'absent' || problems.length > 0) return problems;
  serverOf(description, context.config, context.release.traits);
  const obstacle = await context.host.files.obstacle(pathOf(context, description));
  return obstacle === undefined ? [] : [obstacle];
}

/** Starts to make the key of the client certificate, when the file will be made. */
async function reserveKubeconfigKey(context: KubeconfigContext, description: KubeconfigDescription): Promise<void> {
  const status = await context.host.files.status(pathOf(context, description));
  if (status === undefined) context.keys.reserve(keyOwner(description), context.config.cluster.encryptionAlgorithm);
}

/**
 * Keeps the file that is there, or makes one.
 * @throws ProblemError with the problems of `checkKubeconfig`, or `PKI_AUTHORITY_MISSING`
 */
async function ensureKubeconfig(context: KubeconfigContext, description: KubeconfigDescription, task: Task): Promise<void> {
  const { authority, existing, problems } = await examine(context, description);
  if (problems.length > 0) throw new ProblemError(problems);
  if (existing.state === 'unusable') return;
  const file = pathOf(context, description);
  if (existing.state === 'absent') return await generate(context, description, { task, signer: signerOf(context, description, authority) });
  const server = serverOf(description, context.config, context.release.traits);
  const status = await context.host.files.status(file);
  const view = { ...existing, file, server, mode: status?.mode ?? 0, atMs: context.startedAtMs };
  for (const warning of warningsOf(view)) task.warn(warning);
  task.message(isExternal(authority) ? `using ${file}, which you provide` : `using the existing file ${file}`);
}

/**
 * | file         | authority           | result                                                 |
 * | ------------ | ------------------- | ------------------------------------------------------ |
 * | any          | unusable            | problems of the authority                              |
 * | absent       | absent, or with key | none: it will be made                                  |
 * | absent       | without key         | incomplete external authority                          |
 * | there        | absent              | missing authority: a new one would not fit             |
 * | there        | usable              | none when it can be read and trusts the authority      |
 */
async function examine(context: KubeconfigContext, description: KubeconfigDescription): Promise<Finding> {
  const file = pathOf(context, description);
  const authorityFile = certificateFile(basePath(context, ca));
  const [text, authority] = await Promise.all([context.host.files.readText(file), readAuthority(context, ca)]);
  const absent = { state: 'absent' } as const;
  if (authority.state === 'unusable') return { authority, existing: absent, problems: authority.problems };
  if (text === undefined) {
    return { authority, existing: absent, problems: isExternal(authority) ? [externalIncomplete(file, authorityFile)] : [] };
  }
  if (authority.state === 'absent') return { authority, existing: absent, problems: [authorityMissing(file, authorityFile)] };
  const authorities = isExternal(authority) ? await readBundle(context, authorityFile) : [authority.certificate];
  const existing = await judgeKubeconfig(context.host.files, text, { file, authorities, authorityFile });
  return { authority, existing, problems: existing.state === 'unusable' ? existing.problems : [] };
}

/** Users of an external authority may trust any certificate of its file. */
async function readBundle(context: KubeconfigContext, authorityFile: string): Promise<CertificateList> {
  const found = await readCertificateFile(context.host.files, authorityFile);
  if (found.value === undefined) throw new ProblemError(found.problems);
  return found.value;
}

function isExternal(authority: Authority): boolean {
  return authority.state === 'usable' && authority.key === undefined;
}

function signerOf(context: KubeconfigContext, description: KubeconfigDescription, authority: Authority): Signer {
  if (authority.state === 'usable' && authority.key !== undefined) return { certificate: authority.certificate, key: authority.key };
  throw new ProblemError(authorityNeeded(description.file, { file: certificateFile(basePath(context, ca)), base: ca.base }));
}

async function generate(
  context: KubeconfigContext,
  description: KubeconfigDescription,
  { task, signer }: { readonly task: Task; readonly signer: Signer },
): Promise<void> {
  const { config, host, keys, release, startedAtMs } = context;
  const key = await keys.take(keyOwner(description), config.cluster.encryptionAlgorithm, task.signal);
  const subject = description.subject(config, release.traits);
  const template = {
    ...subject,
    serialNumber: serialNumber((length) => host.randomBytes(length)),
    ...kubeconfigPeriod(config, startedAtMs, signer.certificate),
    extendedKeyUsages: ['clientAuth'] as const,
    names: { dnsNames: [], ipAddresses: [] },
  };
  const server = serverOf(description, config, release.traits);
  const kubeconfig = buildKubeconfig({
    clusterName: config.cluster.clusterName,
    server,
    caCertificate: writeCertificate(signer.certificate.der),
    userName: subject.commonName,
    clientCertificate: writeCertificate(buildLeaf(template, key, signer)),
    clientKey: privateKeyPem(key),
    preferences: release.traits.kubeconfigPreferences,
  });
  const path = pathOf(context, description);
  await host.files.write({ path, content: printKubeconfig(kubeconfig), mode: 0o600, secret: true });
  const override = description.local(release.traits) ? undefined : endpointPortWarning(config);
  if (override !== undefined) task.warn(override);
  task.narrate(`made ${path} for the user ${subject.commonName} of ${server}`);
}

function pathOf(context: KubeconfigContext, { file }: KubeconfigDescription): string {
  return `${context.paths.kubeconfigs}/${file}`;
}

function keyOwner({ name }: KubeconfigDescription): string {
  return `kubeconfig/${name}`;
}
