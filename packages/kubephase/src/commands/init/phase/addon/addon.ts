/** Phase `addon`: installs what every cluster needs beside the control plane. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { InitContext } from '../../context.ts';
import { phase as coredns } from './coredns.ts';
import { phase as kubeProxy } from './kube-proxy.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'release' | 'options' | 'host' | 'kube' | 'report'>, InitFlag>({
  name: 'addon',
  summary: 'Install the DNS server and the network proxy of the cluster',
  phases: [coredns, kubeProxy],
});
