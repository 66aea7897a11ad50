import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it, test } from 'vitest';
import { createMemoryHost } from '../memory/host.ts';
import { addressesInHosts, createLookUp, fullNames, parseResolverSettings } from './look-up.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

/** Answers of a name server: addresses of names, `fail`, or nothing at all. */
type Records = Readonly<Record<string, readonly number[]>> | 'fail' | 'silent';

interface NameServer {
  readonly port: number;
  /** Names that were asked for. */
  readonly asked: readonly string[];
}

async function startNameServer(records: Records): Promise<NameServer> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  const asked: string[] = [];
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = questionOf(query);
    asked.push(name);
    if (records !== 'silent') socket.send(answerTo(query.subarray(0, end), type === 1 ? records : {}, name), port, address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  return { port: socket.address().port, asked };
}

/** @see RFC 1035 section 4.1.2 */
function questionOf(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let offset = 12;
  for (let length = query.readUInt8(offset); length > 0; length = query.readUInt8(offset)) {
    labels.push(query.toString('latin1', offset + 1, offset + 1 + length));
    offset += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(offset + 1), end: offset + 5 };
}

/** Header and question with the answer's bits set, then a record with a pointer to the name of the question. */
function answerTo(question: Buffer, records: Exclude<Records, 'silent'>, name: string): Buffer {
  const address = records === 'fail' ? undefined : records[name];
  const head = Buffer.from(question);
  const known = records !== 'fail' && (address !== undefined || Object.keys(records).length === 0);
  head.writeUInt16BE(0x8180 + (records === 'fail' ? 2 : known ? 0 : 3), 2);
  head.writeUInt16BE(address === undefined ? 0 : 1, 6);
  head.writeUInt32BE(0, 8);
  if (address === undefined) return head;
  return Buffer.concat([head, Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address])]);
}

const resolverSettings = 'search example.org example.net\nnameserver 127.0.0.1\n';
const { files } = createMemoryHost({ files: { '/etc/hosts': '192.0.2.9 known\n', '/etc/resolv.conf': resolverSettings } });

describe('createLookUp', () => {
  it('asks no name server for what the hosts file knows', async () => {
    const server = await startNameServer({ known: [192, 0, 2, 1] });
    expect(await createLookUp(files, server.port)('known', 10_000)).toEqual(['192.0.2.9']);
    expect(server.asked).toEqual([]);
  });

  it('asks for a short name in the domains of the settings, in their order', async () => {
    const server = await startNameServer({ 'cp1.example.net': [192, 0, 2, 1], cp1: [192, 0, 2, 2] });
    expect(await createLookUp(files, server.port)('cp1', 10_000)).toEqual(['192.0.2.1']);
    expect([...new Set(server.asked)]).toEqual(['cp1.example.org', 'cp1.example.net']);
  });

  it('tells that the name servers do not know a name', async () => {
    const server = await startNameServer({ other: [192, 0, 2, 1] });
    await expect(createLookUp(files, server.port)('cp1', 10_000)).rejects.toMatchObject({
      problem: { code: 'NAME_NOT_FOUND', detail: 'not in /etc/hosts; name server 127.0.0.1: it knows no address of that name' },
    });
    expect(new Set(server.asked)).toEqual(new Set(['cp1.example.org', 'cp1.example.net', 'cp1']));
  });

  it('tells that the name servers fail', async () => {
    const server = await startNameServer('fail');
    await expect(createLookUp(files, server.port)('cp1', 10_000)).rejects.toMatchObject({
      problem: { code: 'NAME_NOT_FOUND', detail: expect.stringContaining('it has failed to find an answer') },
    });
  });

  it('gives up a silent name server at the deadline, without asking for the next name', async () => {
    const server = await startNameServer('silent');
    await expect(createLookUp(files, server.port)('cp1', 40)).rejects.toMatchObject({
      problem: { code: 'NAME_NOT_FOUND', detail: expect.stringContaining('no answer within 0.04 s') },
    });
    expect(new Set(server.asked)).toEqual(new Set(['cp1.example.org']));
    expect(process.getActiveResourcesInfo()).not.toContain('DNSCHANNEL');
  });

  it('does without both files', async () => {
    const server = await startNameServer({ cp1: [192, 0, 2, 7] });
    expect(await createLookUp(createMemoryHost().files, server.port)('cp1', 10_000)).toEqual(['192.0.2.7']);
  });
});

const hosts = `127.0.0.1	localhost # not: cp1
::1 localhost ip6-localhost
192.0.2.1  CP1.example.org cp1
2001:db8::1 cp1
192.0.2.1 cp1
not-an-address cp1
`;

describe('addressesInHosts', () => {
  it.each([
    ['cp1', ['192.0.2.1', '2001:db8::1']],
    ['cp1.Example.ORG', ['192.0.2.1']],
    ['cp1.example.org.', ['192.0.2.1']],
    ['localhost', ['127.0.0.1', '::1']],
    ['example.org', []],
    ['#', []],
    ['', []],
  ])('finds %j', (name, addresses) => {
    expect(addressesInHosts(hosts, name)).toEqual(addresses);
  });
});

test.each([
  ['', { servers: ['127.0.0.1'], search: [], dots: 1 }],
  ['nameserver 192.0.2.53 # first\nnameserver\t2001:db8::53\n', { servers: ['192.0.2.53', '2001:db8::53'], search: [], dots: 1 }],
  [
    'domain a.example\nsearch b.example c.example\n; search d.example\n',
    { servers: ['127.0.0.1'], search: ['b.example', 'c.example'], dots: 1 },
  ],
  ['search .\noptions edns0 ndots:5 trust-ad\n', { servers: ['127.0.0.1'], search: [], dots: 5 }],
  ['nameserver somewhere\noptions ndots:many\n', { servers: ['127.0.0.1'], search: [], dots: 1 }],
])('the settings %j are read', (text, settings) => {
  expect(parseResolverSettings(text)).toEqual(settings);
});

test.each([
  ['cp1', 1, ['cp1.a.example', 'cp1.b.example', 'cp1']],
  ['cp1.c', 1, ['cp1.c', 'cp1.c.a.example', 'cp1.c.b.example']],
  ['cp1.c', 2, ['cp1.c.a.example', 'cp1.c.b.example', 'cp1.c']],
  ['cp1.', 1, ['cp1']],
])('the name %s with ndots %i is asked for as %j', (name, dots, names) => {
  expect(fullNames(name, { servers: [], search: ['a.example', 'b.example.'], dots })).toEqual(names);
});
