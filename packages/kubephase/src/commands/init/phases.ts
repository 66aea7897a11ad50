/** The phases that `init` alone has. Those that it shares with other workflows are below `phases/`. */
import { definePhase, type Result } from 'phaserunner';
import type { InitConfig } from '../../config/types.ts';
import type { FlagName } from '../../flags/flags.ts';
import type { BootstrapTokenContext } from '../../operations/bootstrap-token.ts';
import type { JoinCommandContext } from '../../operations/join-command.ts';
import type { RotationContext } from '../../operations/kubelet/credentials.ts';
import type { KubeletContext } from '../../operations/kubelet/files.ts';
import type { ManifestContext } from '../../operations/manifests.ts';
import type { UploadContext } from '../../operations/upload-certs.ts';
import { manifestOf } from '../../phases/control-plane.ts';
import {
  adminFile,
  apiAccess,
  authority,
  certificate,
  inEarnest,
  kubeconfigFile,
  kubeletConfiguration,
  manifest,
  rightsOfAdmin,
  toBeOfUse,
  type AdminFile,
} from '../../phases/results.ts';
import type { InitPreflightContext } from '../../preflight/init-preflight.ts';
import { bootstrapTokensResult, uploadedCertificatesResult } from '../../problems/results.ts';

const bootstrapTokens: Result<{ readonly config: Pick<InitConfig, 'bootstrapTokens'> }> = {
  name: bootstrapTokensResult,
  found: 'bootstrapTokens with a token each in the configuration',
  there: ({ config }) => config.bootstrapTokens.every((token) => token.generated !== true),
};

interface Uploading {
  readonly config: Pick<InitConfig, 'certificateKey'>;
  readonly options: { readonly uploadCerts: boolean };
}

const uploadedCertificates: Result<Uploading> = {
  name: uploadedCertificatesResult,
  found: 'a certificateKey in the configuration',
  there: ({ config, options }) => !options.uploadCerts || config.certificateKey !== undefined,
};

export const preflight = definePhase<InitPreflightContext, FlagName>({
  name: 'preflight',
  summary: 'Check whether this machine can become a control plane node',
  description: [
    'Runs the checks at the same time and reports all their errors together; users without the rights of root get one error only.',
    'Then the container runtime pulls the images that the node needs.',
    'What an earlier run left behind that had the same configuration, or did not come to its end, is no error: this run goes on with it.',
  ].join('\n'),
  flags: ['config', 'cri-socket', 'dry-run', 'ignore-preflight-errors', 'image-repository'],
  work: async () => (await import('../../preflight/init-preflight.ts')).initPreflight,
});

/** The files that the manifest names are looked for where this node has them. */
type EtcdContext = ManifestContext & { readonly paths: { readonly certificates: string } };

const etcdLocal = definePhase<EtcdContext, FlagName>({
  name: 'local',
  summary: 'Write the static Pod manifest of the etcd on this node',
  description: `Makes the data folder, which only root can read, and writes etcd.yaml into the manifests folder. An existing manifest is replaced, existing data stay.

Patches of the target "etcd" change the manifest before it is written.`,
  example: `phase etcd local
phase etcd local --config cluster.yaml`,
  flags: ['cert-dir', 'config', 'dry-run', 'image-repository', 'patches'],
  include: { only: 'with a local etcd', test: ({ config }) => config.cluster.etcd.local !== undefined },
  needs: [authority('etcd/ca'), certificate('etcd/server'), certificate('etcd/peer'), certificate('etcd/healthcheck-client')].map(
    toBeOfUse,
  ),
  makes: [manifest('etcd')],
  work: manifestOf('etcd'),
});

export const etcd = definePhase<EtcdContext, FlagName>({
  name: 'etcd',
  summary: 'Write the static Pod manifest of a local etcd',
  example: `phase etcd local --config cluster.yaml`,
  phases: [etcdLocal],
});

export const kubeletStart = definePhase<
  KubeletContext & { readonly paths: { readonly certificates: string; readonly kubeconfigs: string } },
  FlagName
>({
  name: 'kubelet-start',
  summary: "Write the kubelet's files and start it",
  description: `Stops the kubelet, writes kubeadm-flags.env, instance-config.yaml (the container runtime of this node) and config.yaml into the kubelet's folder, and starts it again.

Patches of the target "kubeletconfiguration" change config.yaml on this node only. Without a service manager, or when it cannot stop or start the kubelet, the phase warns and goes on: start the kubelet by hand.`,
  example: `phase kubelet-start --config cluster.yaml
phase kubelet-start --cri-socket unix:///var/run/crio/crio.sock`,
  flags: ['config', 'cri-socket', 'dry-run', 'image-repository', 'node-name', 'patches'],
  needs: [toBeOfUse(authority('ca')), toBeOfUse(kubeconfigFile('kubelet.conf'))],
  makes: [kubeletConfiguration],
  work: async () => {
    const { checkKubeletFiles, startKubelet } = await import('../../operations/kubelet/files.ts');
    return { check: checkKubeletFiles, run: startKubelet };
  },
});

export const uploadCerts = definePhase<UploadContext & AdminFile, FlagName>({
  name: 'upload-certs',
  summary: 'Upload the certificates that control plane nodes share, encrypted, for two hours',
  description: 'Writes the Secret kubeadm-certs. Whoever has the certificate key can decrypt it. Does nothing without --upload-certs.',
  example: 'phase upload-certs --upload-certs --config config.yaml',
  flags: ['certificate-key', 'config', 'dry-run', 'kubeconfig', 'skip-certificate-key-print', 'upload-certs'],
  needs: apiAccess(({ options }: UploadContext) => !options.uploadCerts),
  makes: [uploadedCertificates],
  work: async () => (await import('../../operations/upload-certs.ts')).uploadWork,
});

export const bootstrapToken = definePhase<BootstrapTokenContext & AdminFile, FlagName>({
  name: 'bootstrap-token',
  aliases: ['bootstraptoken'],
  summary: 'Write the bootstrap tokens and give joining nodes the rights that they need',
  description:
    'Writes one Secret for each token, the rights of joining nodes, and the ConfigMap cluster-info, from which they learn the cluster. ' +
    'Without a token in the configuration a random one is made.',
  flags: ['config', 'dry-run', 'kubeconfig', 'skip-token-print'],
  needs: [adminFile, inEarnest(rightsOfAdmin)],
  makes: [bootstrapTokens],
  work: async () => ({ run: (await import('../../operations/bootstrap-token.ts')).admitWithTokens }),
});

const enableClientCertRotation = definePhase<RotationContext, FlagName>({
  name: 'enable-client-cert-rotation',
  summary: 'Point kubelet.conf to the certificate that the kubelet renews',
  description:
    'For its first start the kubelet has a certificate inside kubelet.conf. As soon as it has got one of its own, kubelet-client-current.pem, the file refers to that.',
  flags: ['cert-dir', 'config', 'dry-run'],
  needs: [toBeOfUse(kubeconfigFile('kubelet.conf'))],
  work: async () => ({ run: (await import('../../operations/kubelet/credentials.ts')).enableCertificateRotation }),
});

export const kubeletFinalize = definePhase<RotationContext, FlagName>({
  name: 'kubelet-finalize',
  summary: 'Finish the set-up of the kubelet after its first start',
  phases: [enableClientCertRotation],
});

export const showJoinCommand = definePhase<JoinCommandContext & AdminFile, FlagName>({
  name: 'show-join-command',
  summary: 'Show the commands with which machines join the cluster',
  description: 'On its own the phase needs a configuration that names the bootstrap tokens of the cluster.',
  flags: ['config', 'dry-run', 'kubeconfig'],
  needs: [bootstrapTokens, uploadedCertificates, adminFile],
  work: async () => ({ run: (await import('../../operations/join-command.ts')).showJoinCommand }),
});
