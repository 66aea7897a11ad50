import { describe, expect, it } from 'vitest';
import { runConfig } from './run.ts';

const kinds = {
  'init-defaults': ['InitConfiguration', 'ClusterConfiguration'],
  'join-defaults': ['JoinConfiguration'],
  'reset-defaults': ['ResetConfiguration'],
  'upgrade-defaults': ['UpgradeConfiguration'],
};

function kindsIn(text: string): readonly string[] {
  return [...text.matchAll(/^kind: (.*)$/gm)].map(([, kind = '']) => kind);
}

describe('config print', () => {
  it.each(Object.entries(kinds))('%s prints its documents, which validate accepts', async (command, expected) => {
    const { code, stdout, stderr } = await runConfig(['print', command]);
    expect({ code, stderr, kinds: kindsIn(stdout) }).toEqual({ code: 0, stderr: '', kinds: expected });
    expect(await runConfig(['validate', '--config', '-'], { stdin: stdout })).toMatchObject({ code: 0, stdout: 'ok\n' });
  });

  it('shows placeholders for what belongs to a machine, and the first patch of the minor', async () => {
    const { stdout } = await runConfig(['print', 'init-defaults']);
    for (const line of [
      'token: abcdef.0123456789abcdef',
      'advertiseAddress: 1.2.3.4',
      'name: node',
      'kubernetesVersion: 1.36.0',
      'taints: null',
    ])
      expect(stdout).toContain(`${line}\n`);
  });

  it('names this machine in the defaults of join', async () => {
    expect((await runConfig(['print', 'join-defaults'])).stdout).toContain('  name: host-1\n');
  });

  it('appends configurations of components in the order given', async () => {
    const { stdout } = await runConfig(['print', 'init-defaults', '--component-configs', 'KubeProxyConfiguration,KubeletConfiguration']);
    expect(kindsIn(stdout)).toEqual(['InitConfiguration', 'ClusterConfiguration', 'KubeProxyConfiguration', 'KubeletConfiguration']);
  });

  it('names the components that there are', async () => {
    const { code, stdout, stderr } = await runConfig(['print', 'init-defaults', '--component-configs', 'KubeletConfigurations']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('[KubeProxyConfiguration KubeletConfiguration]');
    expect(stderr).toContain('Did you mean "KubeletConfiguration"');
  });

  it.each([['print', 'join-defaults', 'extra'], ['print', 'nothing-defaults'], ['extra']])(
    'refuses arguments: %s %s %s',
    async (...words) => {
      const { code, stdout, stderr } = await runConfig(words.filter((word) => typeof word === 'string'));
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`unknown command "${words.findLast((word) => typeof word === 'string')}"`);
    },
  );

  it.each([[[]], [['print']], [['images']]])('shows what there is when no command is named: %j', async (words) => {
    const { code, stdout, stderr } = await runConfig(words);
    expect(code).toBe(2);
    expect(stderr).toContain('subcommand is required');
    expect(stdout).toContain('Available Commands:');
  });

  it('accepts the flag that kubeadm has on every command here', async () => {
    expect((await runConfig(['--kubeconfig', '/x', 'print', 'reset-defaults', '--kubeconfig', '/y'])).code).toBe(0);
  });
});
