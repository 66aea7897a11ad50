/** Where the rig keeps things, from the environment. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const checkout = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Scripts that the rig runs. */
export const scripts = join(checkout, 'e2e/machine');

/** Survives runs: binaries, unpacked images. */
export const cache = process.env['KUBEPHASE_E2E_CACHE'] ?? '/var/cache/kubephase-e2e';

/** The rigs that run now, one folder each. On the file system of the cache, because nodes share the files of images with it. */
export const rigs = join(cache, 'rigs');

/** Folder with kube-apiserver, kubelet and so on. */
export const kubernetesFolder = process.env['KUBEPHASE_KUBERNETES_BIN'] ?? join(cache, 'kubernetes-1.20.2/bin');

/** The first process of nodes and of pods, made from `e2e/kubernetes/pause.c`. */
export const pauseProgram = join(cache, 'pause');

/** The product. */
export const kubephaseExecutable = process.env['KUBEPHASE_EXECUTABLE'] ?? join(checkout, 'dist/kubephase');

/** Nodes that are removed leave their logs there; undefined: nowhere. */
export const keptLogs = process.env['KUBEPHASE_E2E_LOGS'];
