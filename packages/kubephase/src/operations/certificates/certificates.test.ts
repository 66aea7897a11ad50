import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import {
  diskOf,
  pki,
  pkiMachine,
  quickConfig,
  without,
  type Disk,
  type PkiMachine,
  type PkiMachineOptions,
} from '../../../test/fixtures/pki.ts';
import { privateKeyPem, publicKeyPem } from '../../core/keys/pem.ts';
import { readCertificates } from '../../formats/x509/certificate.ts';
import { hasExternalCa } from './authority.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 1);
const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const secretKey = { content: privateKeyPem(otherKey), mode: 0o600 };

/** A disk after a first run, and one of another cluster. */
let first: Disk = {};
let foreign: Disk = {};
beforeAll(async () => {
  const machines = [pkiMachine(), pkiMachine()] as const;
  for (const machine of machines) expect((await machine.run()).problems).toEqual([]);
  [first, foreign] = [diskOf(machines[0]), diskOf(machines[1])];
});

const path = (name: string): string => `${pki}/${name}`;
const entry = (disk: Disk, name: string): { readonly content: string } => disk[path(name)] as { content: string };
const take = (disk: Disk, ...names: readonly string[]): Disk => Object.fromEntries(names.map((name) => [path(name), entry(disk, name)]));
const textOf = (disk: Disk, name: string): string => entry(disk, name).content;
const minus = (...names: readonly string[]): Disk => without(first, ...names.map(path));

function modeOf(file: string, type: string): number {
  if (type === 'directory') return 0o755;
  return file.endsWith('.crt') ? 0o644 : 0o600;
}

interface Outcome {
  /** `CODE file` of each problem. */
  readonly problems: readonly string[];
  readonly messages: readonly string[];
  readonly machine: PkiMachine;
  /** Whether the run changed the disk. */
  readonly changed: boolean;
}

async function runOn(files: Disk, options: Omit<PkiMachineOptions, 'files'> = {}, ...only: readonly string[]): Promise<Outcome> {
  const machine = pkiMachine({ ...options, files });
  const before = machine.host.snapshot();
  const { problems, messages } = await machine.run(...(only.length === 0 ? ['certs'] : only));
  const changed = JSON.stringify(machine.host.snapshot()) !== JSON.stringify(before);
  return { problems: problems.map(({ code, where }) => `${code} ${where?.file?.replace(`${pki}/`, '')}`), messages, machine, changed };
}

describe('certificates on an empty machine', () => {
  it('are made with the modes of kubeadm', () => {
    const machine = pkiMachine({ files: first });
    const modes = Object.entries(machine.host.snapshot()).filter(([file]) => file.startsWith(pki));
    expect(modes).toHaveLength(2 + 22);
    for (const [file, { mode, type }] of modes) expect([file, mode]).toEqual([file, modeOf(file, type)]);
  });

  it('are announced with their names and addresses', async () => {
    const { messages } = await runOn({}, {}, 'certs/ca', 'certs/apiserver');
    expect(messages).toEqual([
      'info: made the certificate authority "ca": certificate and key',
      'info: made the certificate "apiserver" and its key; it serves the DNS names cp1, kubernetes, kubernetes.default, kubernetes.default.svc, kubernetes.default.svc.cluster.local and the IP addresses 10.96.0.1, 192.0.2.10',
    ]);
  });

  it('are without those of etcd when etcd is external', async () => {
    const external = { endpoints: ['https://192.0.2.50:2379'], httpEndpoints: [], caFile: '', certFile: '', keyFile: '' };
    const { machine, problems } = await runOn(
      {},
      { config: initConfig({ cluster: { encryptionAlgorithm: 'ECDSA-P256', etcd: { external } } }) },
    );
    expect(problems).toEqual([]);
    expect(Object.keys(machine.host.snapshot()).filter((file) => file.includes('etcd'))).toEqual([]);
  });

  it('have keys of the configured algorithm and periods', async () => {
    const cluster = {
      encryptionAlgorithm: 'ECDSA-P384',
      certificateValidityPeriodMs: dayMs,
      caCertificateValidityPeriodMs: 2 * dayMs,
    } as const;
    const { machine } = await runOn({}, { config: initConfig({ cluster }) }, 'certs/ca', 'certs/apiserver-kubelet-client');
    const disk = diskOf(machine);
    const [ca] = readCertificates(textOf(disk, 'ca.crt'));
    const [leaf] = readCertificates(textOf(disk, 'apiserver-kubelet-client.crt'));
    expect([ca.notBeforeMs, ca.notAfterMs]).toEqual([startMs - 300_000, startMs + 2 * dayMs]);
    expect([leaf.notBeforeMs, leaf.notAfterMs]).toEqual([startMs - 300_000, startMs + dayMs]);
    expect(leaf.authorityKeyIdentifier).toEqual(ca.subjectKeyIdentifier);
    expect(textOf(disk, 'ca.key')).toContain('EC PRIVATE KEY');
  });

  it('are not made in a folder that cannot be written, which is told once and before anything is written', async () => {
    const files = { [pki]: { directory: true, mode: 0o755 } } as const;
    const { problems, changed } = await runOn(files, { uid: 1000 });
    expect(problems).toEqual(['FILE_UNWRITABLE /etc/kubernetes/pki']);
    expect(changed).toBe(false);
  });

  it('need their authority: alone they are refused', async () => {
    const { result } = await pkiMachine().run('certs/apiserver');
    expect(result.problems?.map(({ code, summary }) => `${code}: ${summary}`)).toEqual([
      'PHASE_NEEDS_MISSING: unresolved dependencies: certs/apiserver needs certs/ca or ca.crt on disk',
    ]);
  });

  it('may be made by one process after the other', async () => {
    const phases = Object.keys(first)
      .filter((file) => file.endsWith('.crt') || file.endsWith('sa.key'))
      .map((file) =>
        file
          .replace(`${pki}/`, '')
          .replace(/\.(crt|key)$/, '')
          .replace(/^etcd\//, 'etcd-'),
      );
    const order = ['ca', 'front-proxy-ca', 'etcd-ca', ...phases.filter((name) => !name.endsWith('ca'))].concat('sa');
    let disk: Disk = {};
    for (const name of new Set(order)) {
      const { machine, problems } = await runOn(disk, {}, `certs/${name}`);
      expect(problems).toEqual([]);
      disk = diskOf(machine);
    }
    expect(Object.keys(disk)).toEqual(Object.keys(minus()).filter((file) => file.startsWith(pki)));
  });
});

describe('certificates that are there', () => {
  it('are kept to the byte by a second run', async () => {
    const { problems, changed, messages } = await runOn(first);
    expect(problems).toEqual([]);
    expect(changed).toBe(false);
    expect(messages).toContain('info: using the existing certificate authority "etcd/ca"');
    expect(messages).toContain('info: using the existing certificate "apiserver" and its key');
    expect(messages).toContain('info: using the existing key pair "sa" of the service accounts');
  });

  it('are completed where a pair is missing altogether', async () => {
    const { problems, machine } = await runOn(minus('apiserver.crt', 'apiserver.key'));
    expect(problems).toEqual([]);
    expect(Object.keys(diskOf(machine))).toEqual(Object.keys(first));
  });

  it('are kept with a warning when they lack names that the configuration asks for', async () => {
    const certSANs = ['new.example.com', 'kubernetes', '203.0.113.9'];
    const config = initConfig({ cluster: { ...quickConfig.cluster, apiServer: { ...quickConfig.cluster.apiServer, certSANs } } });
    const { problems, messages, changed } = await runOn(first, { config });
    expect([problems, changed]).toEqual([[], false]);
    expect(messages.filter((message) => message.startsWith('warning'))).toEqual([
      'warning: the existing certificate "apiserver" is kept, but lacks names that the configuration asks for: new.example.com, 203.0.113.9; remove it and its key to have it made again',
    ]);
  });

  it.each<[string, () => Disk, readonly string[]]>([
    ['a certificate without its key', () => minus('apiserver.key'), ['PKI_INCOMPLETE_PAIR apiserver.key']],
    ['a key without its certificate', () => minus('apiserver.crt'), ['PKI_INCOMPLETE_PAIR apiserver.crt']],
    ['the key of an authority without its certificate', () => minus('front-proxy-ca.crt'), ['PKI_INCOMPLETE_PAIR front-proxy-ca.crt']],
    ['a public key without the private one', () => minus('sa.key'), ['PKI_INCOMPLETE_PAIR sa.key']],
    [
      'several faults together',
      () => minus('apiserver.key', 'etcd/peer.crt', 'sa.key'),
      ['PKI_INCOMPLETE_PAIR apiserver.key', 'PKI_INCOMPLETE_PAIR etcd/peer.crt', 'PKI_INCOMPLETE_PAIR sa.key'],
    ],
    ['a key of another certificate', () => ({ ...first, [path('apiserver.key')]: secretKey }), ['PKI_KEY_MISMATCH apiserver.key']],
    ['a public key of another private key', () => ({ ...first, [path('sa.pub')]: publicKeyPem(otherKey) }), ['PKI_KEY_MISMATCH sa.key']],
    [
      'a certificate that another authority signed',
      () => ({ ...first, ...take(foreign, 'apiserver.crt', 'apiserver.key') }),
      ['CERT_NOT_SIGNED_BY_CA apiserver.crt'],
    ],
    [
      'a certificate in the place of another one of the same cluster',
      () => ({
        ...first,
        [path('apiserver.crt')]: entry(first, 'front-proxy-client.crt'),
        [path('apiserver.key')]: entry(first, 'front-proxy-client.key'),
      }),
      ['CERT_NOT_SIGNED_BY_CA apiserver.crt'],
    ],
    ['an authority that is missing', () => minus('front-proxy-ca.crt', 'front-proxy-ca.key'), ['PKI_AUTHORITY_MISSING front-proxy-ca.crt']],
    ['a certificate that cannot be decoded', () => ({ ...first, [path('apiserver.crt')]: 'garbage' }), ['PKI_FILE_INVALID apiserver.crt']],
    [
      'a key that cannot be decoded',
      () => ({ ...first, [path('sa.key')]: { content: 'garbage', mode: 0o600 } }),
      ['PKI_FILE_INVALID sa.key'],
    ],
    ['a public key that cannot be decoded', () => ({ ...first, [path('sa.pub')]: 'garbage' }), ['PKI_FILE_INVALID sa.pub']],
    [
      'an authority whose certificate is that of a client',
      () => ({
        ...first,
        ...Object.fromEntries(['crt', 'key'].map((end) => [path(`front-proxy-ca.${end}`), entry(first, `front-proxy-client.${end}`)])),
      }),
      ['PKI_NOT_AN_AUTHORITY front-proxy-ca.crt'],
    ],
    [
      'a key that the group can read',
      () => ({ ...first, [path('apiserver.key')]: { content: textOf(first, 'apiserver.key'), mode: 0o640 } }),
      ['PKI_KEY_EXPOSED apiserver.key'],
    ],
    [
      'a service account key that all can read',
      () => ({ ...first, [path('sa.key')]: { content: textOf(first, 'sa.key'), mode: 0o644 } }),
      ['PKI_KEY_EXPOSED sa.key'],
    ],
  ])('are refused for %s, before anything is written', async (_, disk, expected) => {
    const { problems, changed } = await runOn(disk());
    expect(problems).toEqual(expected);
    expect(changed).toBe(false);
  });

  it('are refused with the command that closes an open key', async () => {
    const files = { ...first, [path('ca.key')]: { content: textOf(first, 'ca.key'), mode: 0o644 } };
    const { problems } = await pkiMachine({ files }).run('certs/ca');
    expect(problems[0]?.remedy).toBe(`chmod 0600 ${path('ca.key')}`);
  });

  it('may have a service account key for a group when components run as users of their own', async () => {
    const files = { ...first, [path('sa.key')]: { content: textOf(first, 'sa.key'), mode: 0o640 } };
    const config = initConfig({ cluster: { ...quickConfig.cluster, featureGates: { RootlessControlPlane: true } } });
    expect((await runOn(files, { config })).problems).toEqual([]);
  });

  it('are refused one year later, each with its dates', async () => {
    const machine = pkiMachine({ files: first, startedAtMs: startMs + 366 * dayMs });
    const { problems } = await machine.run('certs');
    expect(problems).toHaveLength(7);
    expect(problems[0]).toMatchObject({
      code: 'CERT_EXPIRED',
      summary: `the certificate ${path('apiserver.crt')} has expired`,
      detail: 'Valid from 2025-12-31 23:55:00 UTC to 2027-01-01 00:00:00 UTC; now it is 2027-01-02 00:00:00 UTC.',
    });
  });

  it('are refused with their authority when that has expired, and before it is valid', async () => {
    const late = await runOn(take(first, 'ca.crt', 'ca.key'), { startedAtMs: startMs + 3651 * dayMs }, 'certs/ca');
    expect(late.problems).toEqual(['CERT_EXPIRED ca.crt']);
    const early = await runOn(take(first, 'ca.crt', 'ca.key'), { startedAtMs: startMs - dayMs }, 'certs/ca');
    expect(early.problems).toEqual(['CERT_NOT_YET_VALID ca.crt']);
  });

  it('may have a service account public key among others, as after a rotation', async () => {
    const files = { ...first, [path('sa.pub')]: publicKeyPem(otherKey) + textOf(first, 'sa.pub') };
    expect((await runOn(files)).problems).toEqual([]);
  });

  it('get their missing service account public key again', async () => {
    const { machine, messages } = await runOn(minus('sa.pub'));
    expect(machine.host.snapshot()[path('sa.pub')]).toMatchObject({ text: textOf(first, 'sa.pub'), mode: 0o600 });
    expect(messages).toContain('info: using the existing key "sa" of the service accounts; made its public key again');
  });

  it('may be followed by intermediates', async () => {
    const files = { ...first, [path('apiserver.crt')]: textOf(first, 'apiserver.crt') + textOf(foreign, 'ca.crt') };
    expect((await runOn(files)).problems).toEqual([]);
  });

  it('never give away key material', async () => {
    const disks = [first, {}, minus('sa.pub'), minus('ca.crt'), { ...first, [path('apiserver.key')]: secretKey }];
    for (const disk of disks) {
      const machine = pkiMachine({ files: disk });
      const { messages, problems } = await machine.run();
      const said = JSON.stringify([messages, problems]);
      const keyLines = Object.values(machine.host.snapshot()).flatMap(({ text }) =>
        text.includes('PRIVATE KEY') ? text.split('\n').slice(1, -2) : [],
      );
      for (const line of keyLines) expect(said).not.toContain(line);
    }
  });
});

describe('an external authority', () => {
  it.each<[string, () => Disk, boolean]>([
    ['a certificate and a key', () => first, false],
    ['a certificate without a key', () => minus('ca.key'), true],
    ['a certificate beside a key that cannot be used', () => ({ ...first, [path('ca.key')]: 'garbage' }), false],
    ['no certificate', () => minus('ca.key', 'ca.crt'), false],
    ['a certificate that cannot be decoded', () => ({ ...minus('ca.key'), [path('ca.crt')]: 'garbage' }), false],
    ['a certificate of a client', () => ({ ...minus('ca.key'), [path('ca.crt')]: entry(first, 'apiserver.crt') }), false],
  ])('is seen, with %s on disk, as %s', async (_, disk, expected) => {
    expect(await hasExternalCa(pkiMachine({ files: disk() }).host.files, pki)).toBe(expected);
  });

  it.each(['ca', 'front-proxy-ca', 'etcd/ca'])('%s is used without its key when what it signs is there', async (base) => {
    const { problems, messages, changed } = await runOn(minus(`${base}.key`));
    expect([problems, changed]).toEqual([[], false]);
    expect(messages).toContain(`info: using the existing certificate authority "${base}", whose key is kept elsewhere`);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['the certificate of the API server', ['ca.key', 'apiserver.crt', 'apiserver.key'], ['PKI_EXTERNAL_CA_INCOMPLETE apiserver.crt']],
    [
      'both certificates of the cluster',
      ['ca.key', 'apiserver.crt', 'apiserver.key', 'apiserver-kubelet-client.crt', 'apiserver-kubelet-client.key'],
      ['PKI_EXTERNAL_CA_INCOMPLETE apiserver.crt', 'PKI_EXTERNAL_CA_INCOMPLETE apiserver-kubelet-client.crt'],
    ],
    ['the key of a certificate', ['ca.key', 'apiserver.key'], ['PKI_INCOMPLETE_PAIR apiserver.key']],
    ['the keys of service accounts', ['ca.key', 'sa.key', 'sa.pub'], ['PKI_EXTERNAL_CA_INCOMPLETE sa.key']],
    [
      'the client of extension API servers',
      ['front-proxy-ca.key', 'front-proxy-client.crt', 'front-proxy-client.key'],
      ['PKI_EXTERNAL_CA_INCOMPLETE front-proxy-client.crt'],
    ],
    ['a certificate of etcd', ['etcd/ca.key', 'etcd/peer.crt', 'etcd/peer.key'], ['PKI_EXTERNAL_CA_INCOMPLETE etcd/peer.crt']],
  ])('is incomplete without %s', async (_, missing, expected) => {
    const { problems, changed } = await runOn(minus(...missing));
    expect(problems).toEqual(expected);
    expect(changed).toBe(false);
  });

  it('may be one of three: the others are handled as usual', async () => {
    const { problems, machine } = await runOn(take(first, 'front-proxy-ca.crt', 'front-proxy-client.crt', 'front-proxy-client.key'));
    expect(problems).toEqual([]);
    expect(Object.keys(diskOf(machine))).toEqual(Object.keys(minus('front-proxy-ca.key')).filter((file) => file.startsWith(pki)));
  });
});

describe('an interrupted write', () => {
  it.each(['ca', 'apiserver', 'etcd/server', 'front-proxy-ca'])('of %s is completed with the certificate that was staged', async (base) => {
    const folder = path(base).replace(/[^/]+$/, '');
    const staged = `${folder}.${base.replace(/.*\//, '')}.crt.kubephase-new`;
    const files = { ...minus(`${base}.crt`), [staged]: { content: textOf(first, `${base}.crt`), mode: 0o644 } };
    const { problems, messages, machine } = await runOn(files);
    expect(problems).toEqual([]);
    expect(messages.filter((message) => message.includes('interrupted'))).toHaveLength(1);
    expect(machine.host.snapshot()[path(`${base}.crt`)]).toMatchObject({ text: textOf(first, `${base}.crt`), mode: 0o644 });
    expect(machine.host.snapshot()[staged]).toBeUndefined();
  });

  it.each(['ca', 'apiserver', 'etcd/server', 'front-proxy-ca'])('of %s is completed with the key that was staged', async (base) => {
    const folder = path(base).replace(/[^/]+$/, '');
    const staged = `${folder}.${base.replace(/.*\//, '')}.key.kubephase-new-0123456789ab`;
    const files = { ...minus(`${base}.key`), [staged]: { content: textOf(first, `${base}.key`), mode: 0o600 } };
    const { problems, messages, machine } = await runOn(files);
    expect(problems).toEqual([]);
    expect(messages.filter((message) => message.includes('interrupted'))).toHaveLength(1);
    expect(messages.join('\n')).not.toContain('kept elsewhere');
    expect(machine.host.snapshot()[path(`${base}.key`)]).toMatchObject({ text: textOf(first, `${base}.key`), mode: 0o600 });
    expect(machine.host.snapshot()[staged]).toBeUndefined();
  });

  it('of the key pair of the service accounts is completed with the private key that was staged', async () => {
    const staged = `${pki}/.sa.key.kubephase-new-0123456789ab`;
    const { problems, machine } = await runOn({ ...minus('sa.key'), [staged]: { content: textOf(first, 'sa.key'), mode: 0o600 } });
    expect(problems).toEqual([]);
    expect(machine.host.snapshot()[`${pki}/sa.key`]).toMatchObject({ text: textOf(first, 'sa.key'), mode: 0o600 });
    expect(machine.host.snapshot()[staged]).toBeUndefined();
  });

  it.each([
    ['of another certificate', 'apiserver.key', 0o600],
    ['that others may read', 'ca.key', 0o644],
  ])('leaves an external authority one beside a staged key %s', async (_, file, mode) => {
    const files = { ...minus('ca.key'), [`${pki}/.ca.key.kubephase-new`]: { content: textOf(first, file), mode } };
    const { problems, messages, machine } = await runOn(files);
    expect(problems).toEqual([]);
    expect(messages.join('\n')).toContain('kept elsewhere');
    expect(machine.host.snapshot()[path('ca.key')]).toBeUndefined();
  });

  it('adopts the file that belongs to the other one, whatever else is staged', async () => {
    const files = {
      ...minus('apiserver.crt'),
      [`${pki}/.apiserver.crt.kubephase-new`]: textOf(foreign, 'apiserver.crt'),
      [`${pki}/.apiserver.crt.kubephase-new-0123456789ab`]: textOf(first, 'apiserver.crt'),
    };
    const { problems, machine } = await runOn(files);
    expect(problems).toEqual([]);
    expect(machine.host.snapshot()[path('apiserver.crt')]).toMatchObject({ text: textOf(first, 'apiserver.crt') });
  });

  it('is not completed with a certificate that does not belong to the key', async () => {
    const staged = `${pki}/.apiserver.crt.kubephase-new`;
    for (const content of [textOf(foreign, 'apiserver.crt'), 'garbage']) {
      expect((await runOn({ ...minus('apiserver.crt'), [staged]: content })).problems).toEqual(['PKI_INCOMPLETE_PAIR apiserver.crt']);
    }
  });

  it('at any point is mended by running again', async () => {
    for (let steps = 0, finished = false; !finished; steps += 1) {
      let left = steps;
      const step = (): void => {
        if (left === 0) throw new Error('killed');
        left -= 1;
      };
      const killed = pkiMachine({
        wrapDisk: (disk) => ({
          ...disk,
          stage: (...args) => {
            step();
            return disk.stage(...args);
          },
          rename: (...args) => {
            step();
            return disk.rename(...args);
          },
          // A process that was killed does not tidy up either.
          remove: (...args) => (left === 0 ? undefined : disk.remove(...args)),
        }),
      });
      finished = (await killed.run('certs')).result.status === 'succeeded';
      const again = pkiMachine({ files: diskOf(killed) });
      expect((await again.run('certs')).problems).toEqual([]);
      expect(Object.keys(diskOf(again)).filter((file) => !file.endsWith('.kubephase-new'))).toEqual(
        Object.keys(first).filter((file) => file.startsWith(pki)),
      );
    }
  });
});
