import { configuration, createInitContext, initWorkflow, loadInitConfig, printConfiguration } from 'kubephase';
import { createMemoryHealthProbes, createMemoryHost, createMemoryKubeApi, createMemoryRuntime } from 'kubephase/testing';
import { ProblemError, runWorkflow } from 'phaserunner';

const text = await printConfiguration([
  configuration('InitConfiguration', { localAPIEndpoint: { advertiseAddress: '192.0.2.10' } }),
  configuration('ClusterConfiguration', { kubernetesVersion: 'v1.36.2' }),
]);
export const host = createMemoryHost({ files: { '/cluster.yaml': text } });
const loaded = await loadInitConfig(host, { configPath: '/cluster.yaml', flags: {}, detectCriSocket: false });
if (!loaded.ok) throw new ProblemError(loaded.problems);
const ports = { host, kube: createMemoryKubeApi(), health: createMemoryHealthProbes({}), cri: createMemoryRuntime() };
const context = createInitContext({ ...loaded, ...ports });
export const result = await runWorkflow(initWorkflow, { context, selection: [{ origin: 'me', only: ['certs'] }] });
