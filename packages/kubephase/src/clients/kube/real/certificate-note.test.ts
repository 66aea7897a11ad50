import { describe, expect, it } from 'vitest';
import { createTestAuthority } from '../../../../test/fixtures/authority.ts';
import { noteOnCertificate } from './certificate-note.ts';

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
