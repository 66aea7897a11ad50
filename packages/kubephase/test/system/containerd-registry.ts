/** A registry on the loopback address that has one tiny image, of a program that waits, under every name but those that hold `missing`. */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface Registry {
  /** Without a slash at the end. */
  readonly url: string;
  /** Repositories whose manifest was asked for, one entry for each request. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

interface Blob {
  readonly type: string;
  readonly bytes: Buffer;
  readonly digest: string;
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const blob = (type: string, bytes: Buffer): Blob => ({ type, bytes, digest: digestOf(bytes) });
const json = (type: string, value: object): Blob => blob(type, Buffer.from(JSON.stringify(value)));
const describeBlob = ({ type: mediaType, bytes, digest }: Blob): object => ({ mediaType, digest, size: bytes.length });

/** @see https://github.com/opencontainers/image-spec */
function tinyImage(): { readonly manifest: Blob; readonly blobs: readonly Blob[] } {
  const files = tarOf('pause', waitingProgram);
  const layer = blob('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(files));
  const config = json('application/vnd.oci.image.config.v1+json', {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Entrypoint: ['/pause'] },
    rootfs: { type: 'layers', diff_ids: [digestOf(files)] },
  });
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = json(mediaType, { schemaVersion: 2, mediaType, config: describeBlob(config), layers: [describeBlob(layer)] });
  return { manifest, blobs: [manifest, config, layer] };
}

/** A static executable for Linux on x86-64 that calls pause(2) for ever: ELF header, one program header, four instructions. */
const waitingProgram = Buffer.from(
  '7f454c4602010100000000000000000002003e00010000007800400000000000400000000000000000000000000000000000000040003800010000000000000001' +
    '00000005000000000000000000000000004000000000000000400000000000810000000000000081000000000000000010000000000000b8220000000f05ebf7',
  'hex',
);

/** A number in the header of an archive. */
const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/** An archive of one file. @see POSIX.1, pax, "ustar Interchange Format" */
function tarOf(name: string, bytes: Buffer): Buffer {
  const header = Buffer.alloc(512);
  const fields: readonly (readonly [offset: number, text: string])[] = [
    [0, name],
    [100, octal(0o755, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(bytes.length, 11)],
    [136, octal(0, 11)],
    [148, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\u000000'],
  ];
  for (const [offset, field] of fields) header.write(field, offset, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, 148, 'latin1');
  const content = Buffer.alloc(512);
  bytes.copy(content);
  return Buffer.concat([header, content, Buffer.alloc(1024)]);
}

export async function serveRegistry(): Promise<Registry> {
  const { manifest, blobs } = tinyImage();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [, repository = '', kind, reference = ''] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/?]+)/.exec(request.url ?? '') ?? [];
    if (kind === 'manifests') asked.push(repository);
    const found = kind === 'manifests' && !reference.startsWith('sha256:') ? manifest : blobs.find(({ digest }) => digest === reference);
    if (found === undefined || repository.includes('missing')) refuse(response);
    else send(response, found);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function refuse(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
}

/** The answer to HEAD leaves out the body by itself. */
function send(response: ServerResponse, { type, bytes, digest }: Blob): void {
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length, 'docker-content-digest': digest });
  response.end(bytes);
}
