/**
 * Machines, clusters, container runtimes and health endpoints in memory, for tests of phases and for programs that embed kubephase.
 * @module
 */
export { createMemoryRuntime, type MemoryRuntime, type MemoryRuntimeOptions } from './clients/cri/memory.ts';
export { createMemoryEtcd, type MemoryEtcd, type MemoryEtcdOptions } from './clients/etcd/memory.ts';
export { createMemoryHealthProbes } from './clients/health/memory.ts';
export { createMemoryKubeApi } from './clients/kube/memory.ts';
export { createFaultyHost, KilledError, type Fault, type FaultyHost } from './host/faulty.ts';
export { createMemoryHost, type MemoryFile, type MemoryHost, type MemoryHostOptions } from './host/memory/host.ts';
