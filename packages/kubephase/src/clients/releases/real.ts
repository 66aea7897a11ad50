/** Looks labels up at the release servers of Kubernetes. */
import type { WebAnswer, WebRequest } from '../web.ts';
import type { LabelAnswer, LabelBucket, ReleaseLabels } from './port.ts';

/** @see https://github.com/kubernetes/release the layout of the buckets */
const buckets: Readonly<Record<LabelBucket, string>> = {
  release: 'https://dl.k8s.io/release',
  ci: 'https://storage.googleapis.com/k8s-release-dev/ci',
};

/** In all, redirects included. */
const timeoutMs = 10_000;
const maxRedirects = 5;
/** Who waits longer wants to know for what. */
const noticeableMs = 1000;

interface RealLabelsOptions {
  /** Where the proxy variables stand. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads one address; for tests. */
  readonly get?: (request: WebRequest) => Promise<WebAnswer>;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

export function createRealReleaseLabels({ environment, get = getLate, now = Date.now }: RealLabelsOptions): ReleaseLabels {
  return {
    lookUp: async (bucket, label) => {
      const url = `${buckets[bucket]}/${label}.txt`;
      const startMs = now();
      const answer = await read({ url: new URL(url), timeoutMs, environment, signal: AbortSignal.timeout(timeoutMs) }, get).catch(faultOf);
      if ('body' in answer && answer.status === 200) return { url, text: answer.body.trim() };
      const failure = 'body' in answer ? `status ${answer.status}` : answer.failure;
      return { url, failure: `${failure}${durationOf(now() - startMs)}` } satisfies LabelAnswer;
    },
  };
}

async function getLate(request: WebRequest): Promise<WebAnswer> {
  return (await import('../web.ts')).get(request);
}

/** dl.k8s.io sends its visitors on to a content delivery network. */
async function read(request: WebRequest, get: (request: WebRequest) => Promise<WebAnswer>): Promise<WebAnswer> {
  let answer = await get(request);
  let { url } = request;
  for (let redirects = 0; isRedirect(answer); redirects += 1) {
    if (redirects === maxRedirects) throw new Error(`more than ${maxRedirects} redirects`);
    url = new URL(answer.location, url);
    if (url.protocol !== 'https:') throw new Error(`it redirects to ${url.origin}, which is not secure`);
    answer = await get({ ...request, url });
  }
  return answer;
}

function isRedirect(answer: WebAnswer): answer is WebAnswer & { readonly location: string } {
  return [301, 302, 303, 307, 308].includes(answer.status) && answer.location !== undefined;
}

function faultOf(error: unknown): { readonly failure: string } {
  if (error instanceof DOMException && error.name === 'TimeoutError') return { failure: `no answer within ${timeoutMs} ms` };
  return { failure: error instanceof Error ? error.message : String(error) };
}

function durationOf(elapsedMs: number): string {
  return elapsedMs > noticeableMs ? `, after ${Math.round(elapsedMs / 100) / 10} s` : '';
}
