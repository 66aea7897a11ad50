import { describe, expect, it } from 'vitest';
import { isProblemError, type Problem } from 'phaserunner';
import { documentOf, isMissingObject, refusal } from './answer.ts';
import type { Answer } from './exchange.ts';

const asked = { verb: 'create', object: 'ConfigMap kube-system/kubeadm-config', kind: 'ConfigMap' } as const;

function answer(status: number, fields: object): Answer {
  return { status, text: JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, ...fields }) };
}

function problemOf(error: Error): Problem {
  if (!isProblemError(error)) throw error;
  return error.problem;
}

describe('refusal', () => {
  it.each([
    [400, 'BadRequest', 'KUBE_INVALID'],
    [401, 'Unauthorized', 'KUBE_UNAUTHORIZED'],
    [403, 'Forbidden', 'KUBE_FORBIDDEN'],
    [404, 'NotFound', 'KUBE_NOT_FOUND'],
    [405, 'MethodNotAllowed', 'KUBE_REQUEST_FAILED'],
    [409, 'AlreadyExists', 'KUBE_ALREADY_EXISTS'],
    [409, 'Conflict', 'KUBE_CONFLICT'],
    [413, 'RequestEntityTooLarge', 'KUBE_INVALID'],
    [422, 'Invalid', 'KUBE_INVALID'],
    [429, 'TooManyRequests', 'KUBE_REQUEST_FAILED'],
    [500, 'InternalError', 'KUBE_REQUEST_FAILED'],
    [503, 'ServiceUnavailable', 'KUBE_REQUEST_FAILED'],
  ])('of status %i, reason %s is %s', (status, reason, code) => {
    expect(problemOf(refusal(answer(status, { reason, message: 'because' }), asked))).toMatchObject({
      code,
      summary: 'cannot create ConfigMap kube-system/kubeadm-config',
      detail: 'because',
      where: { object: 'ConfigMap kube-system/kubeadm-config' },
    });
  });

  it('adds what is known of the credentials when they are the reason', () => {
    const unauthorized = answer(401, { reason: 'Unauthorized', message: 'Unauthorized' });
    expect(problemOf(refusal(unauthorized, asked, 'the client certificate expired')).detail).toBe(
      'Unauthorized; the client certificate expired',
    );
    const forbidden = answer(403, { reason: 'Forbidden', message: 'no' });
    expect(problemOf(refusal(forbidden, asked, 'the client certificate expired')).detail).toBe('no');
  });

  it('quotes the beginning of an answer that is not from an API server', () => {
    expect(problemOf(refusal({ status: 502, text: ` <html>${'x'.repeat(1000)}` }, asked)).detail).toBe(`<html>${'x'.repeat(294)}`);
    expect(problemOf(refusal({ status: 502, text: '' }, asked)).detail).toBe('the server answered with HTTP status 502');
  });

  it('takes bootstrap tokens out of messages', () => {
    const invalid = answer(422, { reason: 'Invalid', message: 'Invalid value: "abcdef.0123456789abcdef"' });
    expect(problemOf(refusal(invalid, asked)).detail).toBe('Invalid value: "<masked token>"');
  });

  it.each([
    { status: 422, reason: 'Invalid', detail: 'Invalid data[key] type' },
    { status: 400, reason: 'BadRequest', detail: 'BadRequest data[key] type' },
    { status: 500, reason: 'InternalError', detail: 'InternalError data[key] type' },
    { status: 403, reason: 'Forbidden', detail: 'said top-secret' },
    { status: 409, reason: 'AlreadyExists', detail: 'said top-secret' },
  ])('of a Secret with reason $reason tells $detail', ({ status, reason, detail }) => {
    const details = { causes: [{ field: 'data[key]', message: 'top-secret' }, { field: 'type' }, {}] };
    const refused = refusal(answer(status, { reason, message: 'said top-secret', details }), { ...asked, kind: 'Secret' });
    expect(problemOf(refused).detail).toBe(detail);
  });

  it('of a Secret by something that is not an API server tells only the status', () => {
    expect(problemOf(refusal({ status: 502, text: 'top-secret' }, { ...asked, kind: 'Secret' })).detail).toBe(
      'the server answered with HTTP status 502',
    );
  });
});

const missing = (fields: object): boolean => isMissingObject(answer(404, { reason: 'NotFound', ...fields }), 'kubeadm-config');

describe('isMissingObject', () => {
  it('is true for the object that was asked for and nothing else', () => {
    expect(missing({ details: { name: 'kubeadm-config', kind: 'configmaps' } })).toBe(true);
    expect(missing({ details: { name: 'kube-system', kind: 'namespaces' } })).toBe(false);
    expect(missing({ details: {} })).toBe(false);
    expect(isMissingObject({ status: 404, text: '404 page not found' }, 'kubeadm-config')).toBe(false);
    expect(isMissingObject({ status: 200, text: '{}' }, 'kubeadm-config')).toBe(false);
  });
});

describe('documentOf', () => {
  it.each(['', 'ok', '[]', 'null', '"text"'])('refuses %j', (text) => {
    expect(() => documentOf({ status: 200, text }, asked)).toThrow('cannot create ConfigMap kube-system/kubeadm-config');
  });
});
