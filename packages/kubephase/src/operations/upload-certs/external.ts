/** Finds authorities whose keys are not on this machine, so that they cannot be uploaded. */
import type { Problem } from 'phaserunner';
import type { Files } from '../../host/port.ts';
import { problem } from '../../problems/catalogue.ts';
import { isExternalAuthority } from '../certificates/external-ca.ts';

/** Returns a problem for each authority that has a certificate without its key. */
export async function externalAuthorities(files: Files, certificatesDirectory: string): Promise<readonly Problem[]> {
  const bases = ['ca', 'front-proxy-ca'].map((name) => `${certificatesDirectory}/${name}`);
  const external = await Promise.all(bases.map((base) => isExternalAuthority(files, base)));
  return bases.filter((_, index) => external[index]).map((base) => toProblem(base));
}

function toProblem(base: string): Problem {
  return problem('UPLOAD_CERTS_EXTERNAL_CA', {
    summary: `the key of ${base}.crt is not on this machine, so that it cannot be uploaded`,
    detail: 'Machines that join the control plane could not work with certificates that lack a key.',
    remedy: `Leave --upload-certs out and copy the certificates yourself, or put ${base}.key in its place.`,
    where: { file: `${base}.key` },
  });
}
