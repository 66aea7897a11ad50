/** Texts name the program as it was called: a command of one name is of no use to who has only the other. */
import { expect, it } from 'vitest';
import type { ProgramName } from '../src/product.ts';
import { runCommandLine } from './fixtures/command-line.ts';

const old = `apiVersion: kubeadm.k8s.io/v1beta3
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.0.2.10}
nodeRegistration: {name: cp1, criSocket: unix:///run/x.sock}
---
apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
`;
const files = { '/old.yaml': old, '/wrong.yaml': old.replace('v1.36.2', 'v1.12.0') };

const lines = [
  '--help',
  'init --help',
  'init phase --help',
  'init phase certs --help',
  'config --help',
  'config migrate --help',
  'preflight run --help',
  'completion bash',
  'nonsense',
  'init nonsense',
  'init phase',
  'init phase nonsense',
  'init phase kubeconfig admin',
  'init --dry-run --config /old.yaml',
  'init --dry-run --config /wrong.yaml',
  'config validate --config /old.yaml',
  'config show --config /old.yaml',
  'config show',
  'config images list --config /old.yaml',
  'config migrate --old-config /old.yaml --with-defaults',
  'config migrate',
  'preflight explain nonsense',
  'preflight run --config /old.yaml',
];
const words = '(?:init|join|reset|config|certs|token|upgrade|preflight|version|completion|help|only)';

it.each(lines.flatMap((line) => (['kubephase', 'kubeadm'] as const).map((program) => [program, line] as const)))(
  '%s %s',
  async (program, line) => {
    const { stdout, stderr } = await runCommandLine(line.split(' '), { program, machine: { files } });
    const other: ProgramName = program === 'kubeadm' ? 'kubephase' : 'kubeadm';
    expect(stdout + stderr).not.toBe('');
    expect(new RegExp(`\\b${other} ${words}\\b.*`).exec(stdout + stderr)?.[0]).toBeUndefined();
  },
);

it.each(['kubephase', 'kubeadm'] as const)('an old file is converted with %s', async (program) => {
  const { stderr } = await runCommandLine(['config', 'validate', '--config', '/old.yaml'], { program, machine: { files } });
  expect(stderr).toContain(`${program} config migrate --old-config`);
});
