/** Runs the offline phases of `init` in this process, on any host. */
import { runWorkflow, type RunResult } from 'phaserunner';
import { createMemoryRuntime } from '../../src/clients/cri/memory.ts';
import { createDryRunHealthProbes, createDryRunKubeApi } from '../../src/clients/dry-run.ts';
import { createInitContext } from '../../src/commands/init/context.ts';
import { workflow } from '../../src/commands/init/workflow.ts';
import { loadInitConfig } from '../../src/config/load.ts';
import type { Host } from '../../src/host/port.ts';

export const offlinePhases = ['certs', 'kubeconfig', 'etcd', 'control-plane', 'kubelet-start'] as const;

/** One node with elliptic keys: the run is short, and every kind of file is written. */
export const offlineConfig = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: { advertiseAddress: 192.0.2.10 }
nodeRegistration: { name: cp1, criSocket: "unix:///var/run/containerd/containerd.sock" }
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ECDSA-P256
`;

/** Loads `/config.yaml` of `good` and runs the offline phases on `host`; the two may be the same. */
export async function runOffline(good: Host, host: Host = good): Promise<RunResult> {
  const loaded = await loadInitConfig(good, { configPath: '/config.yaml', flags: {}, detectCriSocket: false });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ summary }) => summary).join('\n'));
  const context = createInitContext({
    ...loaded,
    host,
    kube: createDryRunKubeApi(),
    health: createDryRunHealthProbes(),
    cri: createMemoryRuntime(),
    startedAtMs: Date.now(),
  });
  return runWorkflow(workflow, { context, selection: [{ origin: 'test', only: offlinePhases }] });
}
