import { describe, expect, it } from 'vitest';
import { contentsOf, drawTreeOfFiles, filesOf, isFileAction, type FileAction, type PlannedAction } from './dry-run.ts';

const actions: readonly PlannedAction[] = [
  {
    phase: 'certs/ca',
    action: { kind: 'write-file', summary: 'write /pki/ca.key (0600, 9 bytes)', path: '/pki/ca.key', mode: '0600', secret: true },
  },
  {
    phase: 'etcd/local',
    action: { kind: 'write-file', summary: 'write /m/etcd.yaml (0600, 5 bytes)', path: '/m/etcd.yaml', mode: '0600', content: 'a: 1\n\n' },
  },
  {
    phase: 'addon/coredns',
    action: {
      kind: 'create-object',
      summary: 'create ServiceAccount kube-system/coredns',
      object: { kind: 'ServiceAccount', apiVersion: 'v1' },
    },
  },
  { phase: 'kubelet-start', action: { kind: 'stop-service', summary: 'stop the service kubelet' } },
];

describe('the end of a dry run', () => {
  it('shows files and objects as documents that name their phase, but no secret file', async () => {
    expect(await contentsOf(actions)).toBe(`\
---
# [etcd/local] write /m/etcd.yaml (0600, 5 bytes)
a: 1
---
# [addon/coredns] create ServiceAccount kube-system/coredns
apiVersion: v1
kind: ServiceAccount
`);
  });

  it('draws the files below a heading that says where they are', async () => {
    const place = { directory: '/tmp/x', exists: async () => true };
    expect(await filesOf(actions, place)).toMatch(/^This would be created \(the files are in \/tmp\/x\):\n\/m\/\n/);
    expect(await filesOf([], place)).toBe('');
  });

  it('counts and marks the folders that come with the files in them', async () => {
    const place = { directory: '/tmp/x', exists: async (folder: string) => folder === '/m' };
    const files = ['/m/pki/etcd/ca.crt', '/m/pki/ca.crt', '/m/a'].map((path): PlannedAction => ({
      phase: 'certs',
      action: { kind: 'write-file', summary: `write ${path}`, path, mode: '0644' },
    }));
    expect((await filesOf(files, place)).split('\n').slice(1)).toEqual([
      '/m/',
      '├── [-rw-r--r--]  a',
      '└── pki/ (new)',
      '    ├── [-rw-r--r--]  ca.crt',
      '    └── etcd/ (new)',
      '        └── [-rw-r--r--]  ca.crt',
      '',
      '2 new folders, 3 files',
      '',
    ]);
  });

  it('counts a folder once that is made and has files', async () => {
    const made: PlannedAction = {
      phase: 'etcd',
      action: { kind: 'make-directory', summary: 'make the folder /m/data', path: '/m/data', mode: '0700' },
    };
    const inside: PlannedAction = { phase: 'etcd', action: { kind: 'write-file', summary: 'write', path: '/m/data/x', mode: '0600' } };
    const place = { directory: '/tmp/x', exists: async (folder: string) => folder === '/m' };
    expect(await filesOf([made, inside], place)).toContain('[drwx------]  data/ (new)\n');
    expect(await filesOf([made, inside], place)).toContain('\n1 new folder, 1 file\n');
  });
});

function file(
  path: string,
  mode: string,
  more: { readonly secret?: boolean; readonly bytes?: number; readonly owner?: string } = {},
): FileAction {
  return { kind: 'write-file', path, mode, ...more };
}

describe('the tree of files', () => {
  it('draws folders and files sorted, with modes, sizes and marks', () => {
    const text = drawTreeOfFiles([
      file('/var/lib/kubelet/config.yaml', '0644'),
      { kind: 'make-directory', path: '/var/lib/etcd', mode: '0700' },
      { kind: 'make-directory', path: '/etc/kubernetes/manifests', mode: '0700' },
      file('/etc/kubernetes/manifests/etcd.yaml', '0600', { bytes: 2400 }),
      file('/etc/kubernetes/pki/etcd/ca.crt', '0644'),
      file('/etc/kubernetes/pki/ca.key', '0600', { bytes: 1679, secret: true }),
      file('/etc/kubernetes/pki/ca.crt', '0644'),
      file('/etc/kubernetes/admin.conf', '0640', { secret: true, owner: '0:10' }),
    ]);
    expect(text).toBe(`\
/etc/kubernetes/
├── [-rw-r-----]  admin.conf (owner 0:10, secret)
├── [drwx------]  manifests/ (new)
│   └── [-rw-------]  etcd.yaml (2400 bytes)
└── pki/
    ├── [-rw-r--r--]  ca.crt
    ├── [-rw-------]  ca.key (1679 bytes, secret)
    └── etcd/
        └── [-rw-r--r--]  ca.crt
/var/lib/
├── [drwx------]  etcd/ (new)
└── kubelet/
    └── [-rw-r--r--]  config.yaml

2 new folders, 6 files
`);
  });

  it('starts at the root when something lies directly below it', () => {
    expect(drawTreeOfFiles([file('/a', '0755')])).toBe('/\n└── [-rwxr-xr-x]  a\n\n0 new folders, 1 file\n');
  });

  it('starts at a folder that is made', () => {
    const text = drawTreeOfFiles([{ kind: 'make-directory', path: '/srv/x', mode: '0755' }, file('/srv/x/y', '0600')]);
    expect(text).toBe('/srv/\n└── [drwxr-xr-x]  x/ (new)\n    └── [-rw-------]  y\n\n1 new folder, 1 file\n');
  });

  it('counts a path once and shows its last action', () => {
    expect(drawTreeOfFiles([file('/d/a', '0600'), file('/d/a', '0644')])).toBe('/d/\n└── [-rw-r--r--]  a\n\n0 new folders, 1 file\n');
  });

  it('draws nothing for nothing', () => {
    expect(drawTreeOfFiles([])).toBe('');
  });

  it('tells actions on files from others', () => {
    expect(isFileAction({ kind: 'write-file', summary: 'write /a', path: '/a', mode: '0600' })).toBe(true);
    expect(isFileAction({ kind: 'make-directory', summary: 'make /a', path: '/a', mode: '0700' })).toBe(true);
    expect(isFileAction({ kind: 'restart-service', summary: 'restart kubelet', service: 'kubelet' })).toBe(false);
    expect(isFileAction({ kind: 'write-file', summary: 'write /a', path: '/a' })).toBe(false);
  });
});
