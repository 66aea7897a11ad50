import { expect, test } from 'vitest';
import { applyAddonSkips } from './addons.ts';
import { clusterText, loadText, succeeded } from './load.cases.ts';

const both = ['addon/coredns', 'addon/kube-proxy'];

test.each([
  ['', [], [], [false, false]],
  ['', ['addon'], ['addon'], [true, true]],
  ['', ['addon/coredns'], ['addon/coredns'], [true, false]],
  ['', ['certs', 'addon/kube-proxy'], ['certs', 'addon/kube-proxy'], [false, true]],
  ['dns: {disabled: true}', [], ['addon/coredns'], [true, false]],
  ['dns: {disabled: true}\nproxy: {disabled: true}', [], both, [true, true]],
  ['proxy: {disabled: true}', ['addon'], ['addon'], [true, true]],
  ['proxy: {disabled: true}', ['addon/kube-proxy'], ['addon/kube-proxy'], [false, true]],
])('%j with skipped phases %j skips %j', async (...[fields, skipped, result, disabled]) => {
  const { config } = succeeded(await loadText(clusterText(fields)));
  const applied = applyAddonSkips(config, skipped);
  expect(applied.skippedPaths).toEqual(result);
  expect([applied.config.cluster.dns.disabled, applied.config.cluster.proxy.disabled]).toEqual(disabled);
});
