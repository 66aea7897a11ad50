import { createPublicKey, X509Certificate } from 'node:crypto';
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
import type { InitConfig } from '../../config/types.ts';
import { currentCluster, currentUser } from '../../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig, printKubeconfig } from '../../core/kubeconfig/text.ts';
import { readPrivateKey } from '../../core/keys/pem.ts';
import { readCertificates } from '../../formats/x509/certificate.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 1);
const folder = '/etc/kubernetes';
const admin = `${folder}/admin.conf`;

let first: Disk = {};
let foreign: Disk = {};
beforeAll(async () => {
  const machines = [pkiMachine(), pkiMachine()] as const;
  for (const machine of machines) expect((await machine.run()).problems).toEqual([]);
  [first, foreign] = [diskOf(machines[0]), diskOf(machines[1])];
});

const textOf = (disk: Disk, path: string): string => (disk[path] as { readonly content: string }).content;
const withText = (path: string, change: (text: string) => string): Disk => ({
  ...first,
  [path]: { content: change(textOf(first, path)), mode: 0o600 },
});
const config = (cluster: Partial<InitConfig['cluster']>): InitConfig => initConfig({ cluster: { ...quickConfig.cluster, ...cluster } });

interface Outcome {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly machine: PkiMachine;
  readonly changed: boolean;
}

async function runOn(files: Disk, options: Omit<PkiMachineOptions, 'files'> = {}): Promise<Outcome> {
  const machine = pkiMachine({ ...options, files });
  const before = JSON.stringify(machine.host.snapshot());
  const { problems, messages } = await machine.run('kubeconfig');
  return {
    problems: problems.map(({ code, where }) => `${code} ${where?.file}`),
    warnings: messages.filter((message) => message.startsWith('warning')),
    machine,
    changed: JSON.stringify(machine.host.snapshot()) !== before,
  };
}

const files = ['admin.conf', 'super-admin.conf', 'kubelet.conf', 'controller-manager.conf', 'scheduler.conf'].map(
  (name) => `${folder}/${name}`,
);

describe('new kubeconfig files', () => {
  it.each([
    { name: 'admin.conf', user: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'], server: 'https://lb.example.com:443' },
    { name: 'super-admin.conf', user: 'kubernetes-super-admin', organizations: ['system:masters'], server: 'https://lb.example.com:443' },
    { name: 'kubelet.conf', user: 'system:node:cp1', organizations: ['system:nodes'], server: 'https://192.0.2.10:6443' },
    { name: 'controller-manager.conf', user: 'system:kube-controller-manager', organizations: [], server: 'https://192.0.2.10:6443' },
    { name: 'scheduler.conf', user: 'system:kube-scheduler', organizations: [], server: 'https://192.0.2.10:6443' },
  ])('$name is for $user and names $server', async ({ name, user, organizations, server }) => {
    const file = `${folder}/${name}`;
    const { machine, problems } = await runOn(without(first, ...files), {
      config: config({ controlPlaneEndpoint: 'lb.example.com:443', clusterName: 'prod' }),
    });
    expect(problems).toEqual([]);
    expect(machine.host.snapshot()[file]?.mode).toBe(0o600);
    const kubeconfig = parseKubeconfig(machine.host.snapshot()[file]?.text ?? '', file);
    const cluster = currentCluster(kubeconfig, file);
    const credentials = currentUser(kubeconfig, file);
    expect(cluster.server).toBe(server);
    expect(kubeconfig['current-context']).toBe(`${user}@prod`);
    expect(decode(cluster['certificate-authority-data'])).toBe(textOf(first, `${pki}/ca.crt`));
    const [certificate] = readCertificates(decode(credentials.user['client-certificate-data']));
    const [authority] = readCertificates(textOf(first, `${pki}/ca.crt`));
    expect([credentials.name, certificate.subject.commonName]).toEqual([user, user]);
    expect(certificate.subject.organizations).toEqual(organizations);
    expect([certificate.notBeforeMs, certificate.notAfterMs]).toEqual([authority.notBeforeMs, startMs + 365 * dayMs]);
    expect(certificate).toMatchObject({ extendedKeyUsages: ['clientAuth'], names: { dnsNames: [], ipAddresses: [] } });
    const platform = new X509Certificate(certificate.der);
    expect(platform.checkPrivateKey(readPrivateKey(decode(credentials.user['client-key-data'])))).toBe(true);
    expect(platform.verify(createPublicKey(textOf(first, `${pki}/ca.crt`)))).toBe(true);
  });

  it('embed the first certificate of a bundle only', async () => {
    const bundle = textOf(first, `${pki}/ca.crt`) + textOf(foreign, `${pki}/ca.crt`);
    const { machine } = await runOn({ ...without(first, ...files), [`${pki}/ca.crt`]: bundle });
    const kubeconfig = parseKubeconfig(machine.host.snapshot()[admin]?.text ?? '', admin);
    expect(decode(currentCluster(kubeconfig, admin)['certificate-authority-data'])).toBe(textOf(first, `${pki}/ca.crt`));
  });

  it('warn when the endpoint has a port of its own', async () => {
    const { warnings } = await runOn(without(first, admin), { config: config({ controlPlaneEndpoint: 'lb.example.com:443' }) });
    expect(warnings).toContain('warning: port 443 of controlPlaneEndpoint lb.example.com:443 is used instead of the bind port 6443');
  });

  it.each([
    { kubernetesVersion: 'v1.28.0', organizations: ['system:masters'], superAdmin: false, preferences: true },
    { kubernetesVersion: 'v1.33.0', organizations: ['kubeadm:cluster-admins'], superAdmin: true, preferences: true },
    { kubernetesVersion: 'v1.36.2', organizations: ['kubeadm:cluster-admins'], superAdmin: true, preferences: false },
  ])('follow the rules of $kubernetesVersion', async ({ kubernetesVersion, organizations, superAdmin, preferences }) => {
    const { machine } = await runOn(without(first, ...files), { config: config({ kubernetesVersion }) });
    const text = machine.host.snapshot()[admin]?.text ?? '';
    const [certificate] = readCertificates(decode(currentUser(parseKubeconfig(text, admin), admin).user['client-certificate-data']));
    expect(certificate.subject.organizations).toEqual(organizations);
    expect(machine.host.snapshot()[`${folder}/super-admin.conf`] !== undefined).toBe(superAdmin);
    expect(text.includes('\npreferences: {}\nusers:')).toBe(preferences);
  });

  it('need the authority: alone they are refused', async () => {
    const { problems } = await pkiMachine().run('kubeconfig/scheduler');
    expect(problems.map(({ summary }) => summary)).toEqual([
      'unresolved dependencies: kubeconfig/scheduler needs certs/ca or ca.crt on disk',
    ]);
  });

  it('are not begun by a user who may not read the key of the authority', async () => {
    const { problems, changed } = await runOn(without(first, ...files), { uid: 1000 });
    expect(problems).toContain(`FILE_UNREADABLE ${pki}/ca.key`);
    expect(changed).toBe(false);
  });
});

describe('kubeconfig files that are there', () => {
  it('are kept to the byte by a second run', async () => {
    const { problems, warnings, changed } = await runOn(first);
    expect([problems, warnings, changed]).toEqual([[], [], false]);
  });

  it.each<[string, () => Disk, readonly string[]]>([
    ['a file of another cluster', () => ({ ...first, [admin]: foreign[admin] ?? '' }), [`KUBECONFIG_FOREIGN_CA ${admin}`]],
    ['a file that is not YAML', () => withText(admin, () => 'a: ['), [`KUBECONFIG_INVALID ${admin}`]],
    ['an empty file', () => withText(admin, () => ''), [`KUBECONFIG_INVALID ${admin}`]],
    [
      'a current context that is not there',
      () => withText(admin, (text) => text.replace(/^current-context: .*$/m, 'current-context: x')),
      [`KUBECONFIG_INVALID ${admin}`],
    ],
    [
      'no authority',
      () => withText(admin, (text) => text.replace(/ {4}certificate-authority-data: .*\n/, '')),
      [`KUBECONFIG_INVALID ${admin}`],
    ],
    [
      'an authority that cannot be decoded',
      () => withText(admin, (text) => text.replace(/certificate-authority-data: .*/, 'certificate-authority-data: Z2FyYmFnZQ==')),
      [`KUBECONFIG_INVALID ${admin}`],
    ],
    [
      'an authority in a file that does not exist',
      () => withText(admin, (text) => text.replace(/certificate-authority-data: .*/, 'certificate-authority: /nowhere')),
      [`KUBECONFIG_INVALID ${admin}`],
    ],
    [
      'an authority in what is no file',
      () => withText(admin, (text) => text.replace(/certificate-authority-data: .*/, 'certificate-authority: pki')),
      [`KUBECONFIG_INVALID ${admin}`],
    ],
    [
      'several faults together',
      () => ({ ...withText(admin, () => ''), [`${folder}/scheduler.conf`]: foreign[`${folder}/scheduler.conf`] ?? '' }),
      [`KUBECONFIG_INVALID ${admin}`, `KUBECONFIG_FOREIGN_CA ${folder}/scheduler.conf`],
    ],
  ])('are refused for %s, before anything is written', async (_, disk, expected) => {
    const { problems, changed } = await runOn(disk());
    expect(problems).toEqual(expected);
    expect(changed).toBe(false);
  });

  it('are refused when the authority would be made anew', async () => {
    const machine = pkiMachine({ files: { [admin]: first[admin] ?? '' } });
    const { problems } = await machine.run();
    expect(problems.map(({ code, summary }) => `${code}: ${summary}`)).toEqual([
      `PKI_AUTHORITY_MISSING: ${admin} exists, but the certificate authority ${pki}/ca.crt does not`,
    ]);
    expect(Object.keys(diskOf(machine))).toEqual([admin]);
  });

  it.each([`${pki}/ca.crt`, 'pki/ca.crt', './pki/../pki/ca.crt'])(
    'may name the authority by a file: %s, relative to their own folder',
    async (path) => {
      const disk = withText(admin, (text) => text.replace(/certificate-authority-data: .*/, `certificate-authority: ${path}`));
      expect((await runOn(disk)).problems).toEqual([]);
    },
  );

  it('may trust further authorities behind the right one', async () => {
    const more = textOf(first, `${pki}/ca.crt`) + textOf(foreign, `${pki}/ca.crt`);
    const disk = withText(admin, (text) =>
      text.replace(/certificate-authority-data: .*/, `certificate-authority-data: ${Buffer.from(more).toString('base64')}`),
    );
    expect((await runOn(disk)).problems).toEqual([]);
  });

  interface Kept extends Omit<PkiMachineOptions, 'files'> {
    readonly what: string;
    readonly disk: () => Disk;
    readonly expected: readonly RegExp[];
  }

  it.each<Kept>([
    {
      what: 'another server',
      disk: () => withText(admin, (text) => text.replace(/server: .*/, 'server: https://old.example.com:6443')),
      expected: [/admin.conf is kept, but names the server https:\/\/old.example.com:6443 instead of https:\/\/192.0.2.10:6443$/],
    },
    {
      what: 'client certificates that have expired',
      disk: () => first,
      startedAtMs: startMs + 366 * dayMs,
      expected: files.map(
        (file) =>
          new RegExp(`${file} is kept, but its client certificate is valid only from 2025-12-31 23:55:00 UTC to 2027-01-01 00:00:00 UTC`),
      ),
    },
    {
      what: 'credentials that others can read',
      disk: () => ({ ...first, [admin]: textOf(first, admin) }),
      expected: [/chmod 0600 \/etc\/kubernetes\/admin.conf$/],
    },
    {
      what: 'credentials of another kind',
      disk: () => withText(admin, (text) => text.replace(/client-certificate-data: .*\n.*\n/, 'exec: {command: x}\n')),
      expected: [],
    },
  ])('are kept with a warning where it helps: $what', async ({ disk, expected, ...options }) => {
    const { problems, warnings, changed } = await runOn(disk(), options);
    expect([problems, changed]).toEqual([[], false]);
    expect(warnings).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });

  it('are kept when they hold what this program does not know', async () => {
    const kubeconfig = parseKubeconfig(textOf(first, admin), admin);
    const disk = withText(admin, () => printKubeconfig({ ...kubeconfig, extensions: [{ name: 'x', extension: {} }] }));
    expect((await runOn(disk)).changed).toBe(false);
  });
});

describe('with an external authority', () => {
  it('the files that are there are used', async () => {
    const machine = pkiMachine({ files: without(first, `${pki}/ca.key`) });
    const { problems, messages } = await machine.run('kubeconfig');
    expect(problems).toEqual([]);
    expect(messages.slice(1)).toEqual(files.map((file) => `info: using ${file}, which you provide`));
    expect(diskOf(machine)).toEqual(without(first, `${pki}/ca.key`));
  });

  it('every missing or foreign file is told', async () => {
    const disk = {
      ...without(first, `${pki}/ca.key`, admin, files[2] ?? ''),
      [`${folder}/scheduler.conf`]: foreign[`${folder}/scheduler.conf`] ?? '',
    };
    const { problems, changed } = await runOn(disk);
    expect(problems).toEqual([
      `PKI_EXTERNAL_CA_INCOMPLETE ${admin}`,
      `PKI_EXTERNAL_CA_INCOMPLETE ${files[2]}`,
      `KUBECONFIG_FOREIGN_CA ${folder}/scheduler.conf`,
    ]);
    expect(changed).toBe(false);
  });

  it('the files may trust any certificate of its bundle', async () => {
    const bundle = textOf(foreign, `${pki}/ca.crt`) + textOf(first, `${pki}/ca.crt`);
    expect((await runOn({ ...without(first, `${pki}/ca.key`), [`${pki}/ca.crt`]: bundle })).problems).toEqual([]);
    expect((await runOn({ ...first, [`${pki}/ca.crt`]: bundle, [`${pki}/ca.key`]: foreign[`${pki}/ca.key`] ?? '' })).problems).toContain(
      `KUBECONFIG_FOREIGN_CA ${admin}`,
    );
  });
});

function decode(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
