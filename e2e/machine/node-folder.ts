/** Fills the folder of a new node: what is laid over /etc, /usr and /opt, and the disks that take the place of other folders. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command } from './command.ts';
import { containerdConfiguration, hostsFile, kubeletDefaults, podNetwork, resolverFile } from './configuration.ts';
import { copyTemplate, type Template } from './images/template.ts';
import type { Addresses } from './rig.ts';
import { kubernetesFolder, pauseProgram, scripts } from './settings.ts';

export interface NodeFolder {
  readonly folder: string;
  readonly name: string;
  /** Last part of its addresses. */
  readonly host: number;
  readonly addresses: Addresses;
  readonly template: Template;
  /** Path of the product's executable on this machine. */
  readonly kubephase: string;
  readonly serviceManager: 'systemd' | 'none';
}

/** Folders of a node that are its own, on the disk of this machine. */
const disks = ['etc/kubernetes', 'var/lib/kubelet', 'var/lib/containerd', 'var/lib/etcd', 'var/lib/cni', 'var/log', 'tmp'];

const containerdFolder = 'disk/var/lib/containerd';

export async function fillNodeFolder(node: NodeFolder): Promise<void> {
  const { folder, template } = node;
  for (const path of ['upper/etc', 'upper/usr/bin', 'upper/opt', 'work/etc', 'work/usr', 'work/opt']) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  for (const path of disks) {
    if (join('disk', path) !== containerdFolder) mkdirSync(join(folder, 'disk', path), { recursive: true });
  }
  writeFileSync(join(folder, 'disks'), `${disks.join('\n')}\n`);
  await command(['chmod', '1777', join(folder, 'disk/tmp')]);
  symlinkSync(kubernetesFolder, join(folder, 'kubernetes'));
  symlinkSync(join(scripts, 'programs'), join(folder, 'programs'));
  writeConfiguration(node);
  await Promise.all([placePrograms(node), copyTemplate(template, join(folder, containerdFolder))]);
}

function writeConfiguration({ folder, name, host, addresses, template }: NodeFolder): void {
  const files = {
    hostname: `${name}\n`,
    hosts: hostsFile(name, addresses),
    'resolv.conf': resolverFile,
    'containerd/config.toml': containerdConfiguration({ ...template, root: '/var/lib/containerd', state: '/run/containerd' }),
    'cni/net.d/10-pods.conflist': podNetwork(host),
    'default/kubelet': kubeletDefaults(template.kubernetesVersion),
  };
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, 'upper/etc', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

async function placePrograms({ folder, kubephase, serviceManager }: NodeFolder): Promise<void> {
  const bin = join(folder, 'upper/usr/bin');
  for (const name of ['kubelet', 'kubeadm', 'kubectl']) symlinkSync(`/opt/e2e/kubernetes/${name}`, join(bin, name));
  symlinkSync('/opt/e2e/programs/crictl', join(bin, 'crictl'));
  await command(['ln', kubephase, join(bin, 'kubephase')]);
  await command(['cp', pauseProgram, join(folder, 'upper/opt/pause')]);
  for (const name of ['systemctl', 'journalctl']) {
    // A character device 0, 0 hides the machine's own file in an overlay.
    if (serviceManager === 'none') await command(['mknod', join(bin, name), 'c', '0', '0']);
    else symlinkSync(`/opt/e2e/programs/${name}`, join(bin, name));
  }
}
