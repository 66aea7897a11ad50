import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPem, writePem } from './pem.ts';

describe('PEM', () => {
  it('is written with 64 characters a line, without headers, with a newline at the end', () => {
    const text = writePem('CERTIFICATE', new Uint8Array(60));
    expect(text).toBe(`-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n${'A'.repeat(16)}\n-----END CERTIFICATE-----\n`);
  });

  it('is read as it was written, also when several blocks stand one behind the other', () => {
    const block = fc.record({
      label: fc.constantFrom('CERTIFICATE', 'EC PRIVATE KEY', 'X'),
      content: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    });
    fc.assert(
      fc.property(fc.array(block), fc.constantFrom('', 'some text\n', '\n\n'), (blocks, between) => {
        const text = blocks.map(({ label, content }) => between + writePem(label, content)).join('');
        expect(readPem(text).map(({ label, content }) => ({ label, content: Uint8Array.from(content) }))).toEqual(blocks);
      }),
    );
  });

  it('is read with the line ends of Windows and without a newline at the end', () => {
    const text = writePem('X', Uint8Array.of(1, 2, 3));
    expect(readPem(text.replaceAll('\n', '\r\n'))).toHaveLength(1);
    expect(readPem(text.trimEnd())).toHaveLength(1);
  });

  it('gives the headers of old encrypted keys', () => {
    const text =
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n';
    expect(readPem(text)[0]).toMatchObject({ headers: { 'Proc-Type': '4,ENCRYPTED', 'DEK-Info': 'AES-256-CBC,00' } });
  });

  it.each([
    ['text without blocks', 'hello'],
    ['a block without its end', '-----BEGIN X-----\nAAAA\n'],
    ['a block whose end has another label', '-----BEGIN X-----\nAAAA\n-----END Y-----\n'],
    ['a block that is not base64', '-----BEGIN X-----\n!!!!\n-----END X-----\n'],
    ['a block whose base64 is cut', '-----BEGIN X-----\nAAAAA\n-----END X-----\n'],
  ])('has no blocks in %s', (_, text) => {
    expect(readPem(text)).toEqual([]);
  });
});
