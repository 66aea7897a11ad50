/** Writes images as one archive that `ctr images import` reads. @see https://github.com/moby/docker-image-spec/blob/main/v1.2.md */
import { createHash } from 'node:crypto';
import { constants, copyFileSync, createReadStream, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command } from '../command.ts';
import type { Image } from './content.ts';

/** @param folder is empty and holds the archive's content afterwards; the archive is beside it, `<folder>.tar` */
export async function writeArchive(images: readonly Image[], folder: string): Promise<string> {
  const entries = [];
  for (const [index, image] of images.entries()) {
    const layer = `${index}/layer.tar`;
    const digest = await writeLayer(image, join(folder, String(index)));
    writeFileSync(join(folder, `${index}.json`), JSON.stringify(configurationOf(image, digest)));
    entries.push({ Config: `${index}.json`, RepoTags: image.references, Layers: [layer] });
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(entries));
  const archive = `${folder}.tar`;
  await command(['tar', '-C', folder, '-cf', archive, '.']);
  return archive;
}

function configurationOf({ files }: Image, digest: string): unknown {
  return {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: {
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      ...(files.has('pause') ? { Entrypoint: ['/pause'] } : {}),
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
  };
}

/** Writes `layer.tar` into `folder` and returns its SHA-256. */
async function writeLayer({ files }: Image, folder: string): Promise<string> {
  const root = join(folder, 'root');
  for (const directory of ['etc', 'proc', 'run', 'sys', 'tmp', 'var/run']) mkdirSync(join(root, directory), { recursive: true });
  for (const [path, source] of files) place(source, join(root, path));
  const layer = join(folder, 'layer.tar');
  await command(['tar', '-C', root, '--remove-files', '--owner=0', '--group=0', '--sort=name', '-cf', layer, '.']);
  return digestOf(layer);
}

function place(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  // A library is a symbolic link; the image has the file under the link's name.
  copyFileSync(realpathSync(source), target, constants.COPYFILE_FICLONE);
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
