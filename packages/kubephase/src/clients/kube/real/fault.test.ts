import { describe, expect, it } from 'vitest';
import { createTestAuthority } from '../../../../test/fixtures/authority.ts';
import { networkFailure, noteOnCertificate } from './fault.ts';

const request = { verb: 'get', object: 'Node cp1' } as const;
const sent = { server: 'https://192.0.2.10:6443', nowMs: Date.UTC(2026, 0, 1) };

describe('networkFailure', () => {
  it.each([
    ['ECONNREFUSED', 'KUBE_UNREACHABLE', 'nothing listens there (ECONNREFUSED)'],
    ['ENOTFOUND', 'KUBE_UNREACHABLE', 'its name cannot be resolved (ENOTFOUND)'],
    ['ECONNRESET', 'KUBE_UNREACHABLE', 'the connection was broken off (ECONNRESET)'],
    ['EPROTO', 'KUBE_UNREACHABLE', 'what the system says'],
    ['ETIMEDOUT', 'KUBE_UNREACHABLE', 'what the system says'],
    [undefined, 'KUBE_UNREACHABLE', 'what the system says'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'KUBE_UNTRUSTED', 'its certificate is for other names (ERR_TLS_CERT_ALTNAME_INVALID)'],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'KUBE_UNTRUSTED',
      'its certificate is not from the authority in the kubeconfig file (SELF_SIGNED_CERT_IN_CHAIN)',
    ],
    [
      'CERT_HAS_EXPIRED',
      'KUBE_UNTRUSTED',
      'its certificate has expired (CERT_HAS_EXPIRED); the clock of this machine says 2026-01-01T00:00:00Z',
    ],
    [
      'CERT_NOT_YET_VALID',
      'KUBE_UNTRUSTED',
      'its certificate is not valid yet (CERT_NOT_YET_VALID); the clock of this machine says 2026-01-01T00:00:00Z',
    ],
  ])('of %s is %s: %s', (code, expected, detail) => {
    const error = Object.assign(new Error('what the system says'), code === undefined ? {} : { code });
    expect(networkFailure(error, request, sent)).toMatchObject({
      problem: { code: expected, summary: 'cannot get Node cp1', detail: `https://192.0.2.10:6443: ${detail}` },
    });
  });
});

const dayMs = 24 * 60 * 60 * 1000;

describe('noteOnCertificate', () => {
  it('tells only of a period that is not now', async () => {
    const { issue } = await createTestAuthority();
    const { certificate, key } = await issue({ commonName: 'kubernetes-admin' });
    // The file of the kubelet holds the key as well.
    const pem = `${key}${certificate}`;
    const nowMs = Date.now();
    expect(noteOnCertificate(pem, nowMs)).toBeUndefined();
    expect(noteOnCertificate(pem, nowMs - 3 * dayMs)).toMatch(
      /^the client certificate of kubernetes-admin is not valid before \S+Z, the clock of this machine says \S+Z$/,
    );
    expect(noteOnCertificate(pem, nowMs + 3 * dayMs)).toMatch(
      /^the client certificate of kubernetes-admin expired at \S+Z, the clock of this machine says \S+Z$/,
    );
    expect(noteOnCertificate(key, nowMs)).toBeUndefined();
    expect(noteOnCertificate('', nowMs)).toBeUndefined();
  });
});
