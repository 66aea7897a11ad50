/** Starts Pods and containers in a container runtime: orders that kubephase itself never gives. */
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';

/** Field numbers with their values: text, a number, or a message. @see https://github.com/kubernetes/cri-api */
type Fields = readonly (readonly [field: number, value: string | number | Fields])[];

export interface WantedContainer {
  readonly name: string;
  readonly attempt: number;
  readonly image: string;
  /** Program in the image. */
  readonly command: string;
}

/** A Pod in the network of the machine, which needs no plugin. Its containers' logs go to `/tmp`, if they had any. */
export async function startPod(
  socket: string,
  name: string,
): Promise<{
  /** Returns its id, whether the program could be started or not. */
  readonly start: (wanted: WantedContainer) => Promise<string>;
  readonly remove: () => Promise<void>;
}> {
  const order = (method: string, fields: Fields): Promise<string> => call(socket, method, fields);
  const cgroup = `kubephase-test-${process.pid}`;
  const inNetworkOfMachine: Fields = [[1, [[1, 2]]]];
  const linux: Fields = [
    [1, `/${cgroup}`],
    [2, inNetworkOfMachine],
  ];
  const labels: Fields = [
    [6, map('io.kubernetes.pod.name', name)],
    [6, map('io.kubernetes.pod.namespace', 'kube-system')],
  ];
  const metadata: Fields = [
    [1, name],
    [2, 'uid'],
    [3, 'kube-system'],
  ];
  const config: Fields = [[1, metadata], [3, '/tmp'], ...labels, [8, linux]];
  const sandbox = await order('RunPodSandbox', [[1, config]]);
  return {
    start: async ({ name: container, attempt, image, command }) => {
      const wanted: Fields = [
        [
          1,
          [
            [1, container],
            [2, attempt],
          ],
        ],
        [2, [[1, image]]],
        [3, command],
        [9, map('io.kubernetes.pod.name', name)],
        [9, map('io.kubernetes.pod.namespace', 'kube-system')],
        [11, `${container}-${attempt}.log`],
      ];
      const id = await order('CreateContainer', [
        [1, sandbox],
        [2, wanted],
        [3, config],
      ]);
      await order('StartContainer', [[1, id]]).catch(() => undefined);
      return id;
    },
    remove: async () => {
      await order('StopPodSandbox', [[1, sandbox]]);
      await order('RemovePodSandbox', [[1, sandbox]]);
      removeCgroup(cgroup);
    },
  };
}

/** The runtime makes it when a container needs it and leaves it. With version 1 each controller has one. */
function removeCgroup(name: string): void {
  const root = '/sys/fs/cgroup';
  for (const folder of ['', ...readdirSync(root)].map((controller) => join(root, controller, name))) {
    if (existsSync(folder)) rmdirSync(folder);
  }
}

const map = (key: string, value: string): Fields => [
  [1, key],
  [2, value],
];

/** Sends one message; returns the text of the first field of the answer, which is an id in all of them. */
async function call(socket: string, method: string, fields: Fields): Promise<string> {
  const session = connectHttp2('http://localhost', { createConnection: () => connectSocket(socket.replace('unix://', '')) });
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/runtime.v1.RuntimeService/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let status: unknown;
    stream.on('trailers', (trailers) => {
      status = `${String(trailers['grpc-status'])} ${String(trailers['grpc-message'])}`;
    });
    const message = encode(fields);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([head, message]));
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const answer = Buffer.concat(parts);
    if (answer.length === 0) throw new Error(`${method}: ${String(status)}`);
    return firstText(answer.subarray(5));
  } finally {
    session.destroy();
  }
}

function encode(fields: Fields): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, value] of fields) {
    if (typeof value === 'number') writer.uint32(field << 3).uint32(value);
    else writer.uint32((field << 3) | 2).bytes(typeof value === 'string' ? Buffer.from(value) : encode(value));
  }
  return writer.finish();
}

function firstText(message: Uint8Array): string {
  if (message.length === 0) return '';
  const reader = new BinaryReader(message);
  reader.tag();
  return reader.string();
}
