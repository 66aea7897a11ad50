/** Phase `certs/apiserver`: the certificate with which the API server serves. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { certificateHooks, needsAuthority } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'apiserver',
  summary: 'Make the certificate with which the API server serves',
  description: `It holds the names of the Service "kubernetes" and its address, the name and the address of this node, the control-plane endpoint, and apiServer.certSANs.

An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key. When it lacks a name that the configuration asks for, a warning says so; remove the certificate and its key to have them made again.`,
  example: `init phase certs apiserver --config cluster.yaml
init phase certs apiserver --apiserver-cert-extra-sans api.example.com,192.0.2.7`,
  flags: [
    'apiserver-advertise-address',
    'apiserver-cert-extra-sans',
    'cert-dir',
    'config',
    'control-plane-endpoint',
    'dry-run',
    'kubernetes-version',
    'service-cidr',
    'service-dns-domain',
  ],
  needs: [needsAuthority('ca', 'ca')],
  ...certificateHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).apiserver),
});
