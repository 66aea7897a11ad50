import { expect, it, test } from 'vitest';
import type { WebAnswer, WebRequest } from '../web.ts';
import type { LabelAnswer } from './port.ts';
import { createRealReleaseLabels } from './real.ts';

const found = (body: string): WebAnswer => ({ status: 200, body, location: undefined });
const moved = (location: string | undefined, status = 302): WebAnswer => ({ status, body: '', location });

interface Look {
  readonly answer: LabelAnswer;
  readonly asked: readonly WebRequest[];
}

/** @param answers of the servers in turn; the last one stays */
async function look(answers: readonly (WebAnswer | Error)[], tookMs = 0): Promise<Look> {
  const asked: WebRequest[] = [];
  let nowMs = 0;
  const labels = createRealReleaseLabels({
    environment: { HTTPS_PROXY: 'http://proxy.example' },
    now: () => nowMs,
    get: async (request) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? new Error('no answer is left');
      asked.push(request);
      nowMs += tookMs;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { answer: await labels.lookUp('release', 'stable-1'), asked };
}

const url = 'https://dl.k8s.io/release/stable-1.txt';

it('reads the text of the label within ten seconds, through the proxy of the environment', async () => {
  const { answer, asked } = await look([found('v1.36.2\n')]);
  expect(answer).toEqual({ url, text: 'v1.36.2' });
  expect(asked).toMatchObject([{ url: new URL(url), timeoutMs: 10_000, environment: { HTTPS_PROXY: 'http://proxy.example' } }]);
});

it('asks another server about builds', async () => {
  const labels = createRealReleaseLabels({ environment: {}, get: async () => found('v1.37.0-alpha.1') });
  expect(await labels.lookUp('ci', 'latest-1.37')).toEqual({
    url: 'https://storage.googleapis.com/k8s-release-dev/ci/latest-1.37.txt',
    text: 'v1.37.0-alpha.1',
  });
});

it('goes where it is sent', async () => {
  const { answer, asked } = await look([moved('https://cdn.example/a'), moved('/b', 307), found('v1.36.2')]);
  expect(answer).toEqual({ url, text: 'v1.36.2' });
  expect(asked.map((request) => request.url.href)).toEqual([url, 'https://cdn.example/a', 'https://cdn.example/b']);
});

test.each<[string, WebAnswer | Error, string]>([
  ['somewhere without TLS', moved('http://cdn.example/a'), 'it redirects to http://cdn.example, which is not secure'],
  ['in a circle', moved(url), 'more than 5 redirects'],
  ['nowhere', moved(undefined), 'status 302'],
  ['away', { status: 404, body: 'v1.36.2', location: undefined }, 'status 404'],
  ['into the void', new Error('getaddrinfo ENOTFOUND dl.k8s.io'), 'getaddrinfo ENOTFOUND dl.k8s.io'],
])('who is sent %s has no answer', async (_, answer, failure) => {
  expect((await look([answer])).answer).toEqual({ url, failure });
});

test.each([
  [1000, ''],
  [4960, ', after 5 s'],
])('a failure after %i ms ends with %j', async (tookMs, end) => {
  expect((await look([new Error('gone')], tookMs)).answer).toEqual({ url, failure: `gone${end}` });
});
