/** Phase `addon`: what every cluster needs beside the control plane. */
import { definePhase } from 'phaserunner';
import type { FlagName } from '../flags/flags.ts';
import type { CoreDnsContext } from '../operations/addons/coredns.ts';
import type { KubeProxyContext } from '../operations/addons/kube-proxy.ts';
import { apiAccess, type AdminFile } from './results.ts';

const access = apiAccess(({ options }: { readonly options: { readonly printManifest: boolean } }) => options.printManifest);

export const coredns = definePhase<CoreDnsContext & AdminFile, FlagName>({
  name: 'coredns',
  summary: 'Install CoreDNS, or bring it up to date',
  description:
    'A Corefile that users changed is kept, and so is the number of replicas. ' +
    'With --print-manifest the objects are printed instead, and the cluster is not contacted.',
  flags: [
    'config',
    'dry-run',
    'feature-gates',
    'image-repository',
    'kubeconfig',
    'kubernetes-version',
    'print-manifest',
    'service-cidr',
    'service-dns-domain',
  ],
  needs: access,
  work: async () => {
    const { checkCoreDns, deployCoreDns } = await import('../operations/addons/coredns.ts');
    return { check: checkCoreDns, run: deployCoreDns };
  },
});

export const kubeProxy = definePhase<KubeProxyContext & AdminFile, FlagName>({
  name: 'kube-proxy',
  summary: 'Install kube-proxy on every node',
  description: 'With --print-manifest the objects are printed instead, and the cluster is not contacted.',
  flags: [
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'config',
    'control-plane-endpoint',
    'dry-run',
    'image-repository',
    'kubeconfig',
    'kubernetes-version',
    'pod-network-cidr',
    'print-manifest',
  ],
  needs: access,
  work: async () => ({ run: (await import('../operations/addons/kube-proxy.ts')).deployKubeProxy }),
});

export const addon = definePhase<CoreDnsContext & KubeProxyContext & AdminFile, FlagName>({
  name: 'addon',
  summary: 'Install the DNS server and the network proxy of the cluster',
  phases: [coredns, kubeProxy],
});
