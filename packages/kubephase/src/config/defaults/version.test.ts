import { expect, it, test } from 'vitest';
import type { LabelAnswer, ReleaseLabels } from '../../clients/releases/port.ts';
import { newestRelease } from '../../releases/index.ts';
import { clusterText, loadFlags, loadText, succeeded, verdict } from '../load.cases.ts';

interface Server extends ReleaseLabels {
  readonly asked: readonly string[];
}

/** @param texts what the labels hold; the others cannot be looked up */
function serve(texts: Readonly<Record<string, string>>): Server {
  const asked: string[] = [];
  return {
    asked,
    lookUp: async (bucket, label): Promise<LabelAnswer> => {
      const name = `${bucket}/${label}`;
      asked.push(name);
      const text = texts[name];
      return { url: `https://labels.example/${name}`, ...(text === undefined ? { failure: 'status 404' } : { text }) };
    },
  };
}

const load = (version: string | undefined, labels: ReleaseLabels) =>
  loadFlags(version === undefined ? {} : { 'kubernetes-version': version }, { labels });

const { minor, version: newest } = newestRelease();

test.each([
  [undefined, 'release/stable-1', 'v1.36.1'],
  ['stable', 'release/stable', 'v1.36.1'],
  ['stable-1.35', 'release/stable-1.35', 'v1.35.9'],
  ['release/latest', 'release/latest', 'v1.36.0-rc.1'],
  ['ci/latest-1.36', 'ci/latest-1.36', 'v1.36.4-1+abc'],
])('the label %s is looked up at %s', async (label, place, version) => {
  const labels = serve({ [place]: version });
  const { config, warnings } = succeeded(await load(label, labels));
  expect([config.cluster.kubernetesVersion, labels.asked, warnings]).toEqual([version, [place], []]);
  expect(config.cluster.ciKubernetesVersion).toBe(place.startsWith('ci/') ? `ci/${version}` : undefined);
});

test.each(['v1.36.2', '1.35.0', 'ci/v1.36.2'])('nobody is asked about the version %s', async (version) => {
  const labels = serve({});
  await load(version, labels);
  expect(labels.asked).toEqual([]);
});

it('takes the newest patch that this tool can deploy when the label is ahead of it', async () => {
  const capped = `release/stable-${minor}`;
  for (const label of ['stable-1', 'ci/latest']) {
    const place = label.startsWith('ci/') ? label : `release/${label}`;
    const labels = serve({ [place]: 'v1.99.0-alpha.1', [capped]: `v${minor}.77` });
    const { config, warnings } = succeeded(await load(label, labels));
    expect([config.cluster.kubernetesVersion, labels.asked, warnings]).toEqual([`v${minor}.77`, [place, capped], []]);
  }
});

it('falls back to what it knows, and says where it looked and why that failed', async () => {
  const { config, warnings } = succeeded(await load('stable-1', serve({})));
  expect(config.cluster.kubernetesVersion).toBe(newest);
  expect(warnings).toMatchObject([
    {
      code: 'VERSION_LABEL_UNRESOLVED',
      summary: `the version label "stable-1" could not be looked up at https://labels.example/release/stable-1 (status 404); ${newest}, the newest version known to this tool, is used`,
    },
  ]);
});

it('falls back when only the second look fails', async () => {
  const { config, warnings } = succeeded(await load('latest', serve({ 'release/latest': 'v2.0.0' })));
  expect(config.cluster.kubernetesVersion).toBe(newest);
  expect(warnings.map(({ code }) => code)).toEqual(['VERSION_LABEL_UNRESOLVED']);
});

test.each(['', '<html>', 'stable-1'])('a label that holds %j is an error', async (text) => {
  expect(verdict(await load('stable-1', serve({ 'release/stable-1': text })))).toEqual(['VERSION_INVALID kubernetesVersion']);
});

test.each([
  ['1.36', 'the label stable-1.36 for its newest patch, or v1.36.3, the newest patch known here'],
  ['v1.30', 'the label stable-1.30 for its newest patch, or v1.30.'],
  ['1.99', 'the label stable-1.99 for its newest patch, or a full version with three numbers'],
  ['foo/1', 'Give a full version'],
])('%s is refused with what was probably meant', async (version, words) => {
  const loaded = await loadText(clusterText(`kubernetesVersion: "${version}"`));
  expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'VERSION_INVALID' }] });
  expect(loaded.ok ? '' : loaded.problems[0]?.remedy).toContain(words);
});
