/** What does not fit does not compile: every line below `@ts-expect-error` is an error that the compiler has to find. */
import { defineWorkflow, mount, within, type Phase, type Proof } from 'phaserunner';
import { expect, test } from 'vitest';
import type { InitContext } from '../../src/commands/init/context.ts';
import { bootstrapToken, showJoinCommand } from '../../src/commands/init/phases.ts';
import type { ControlPlaneConfig, NodeConfig } from '../../src/config/types.ts';
import { flags, type FlagName, type FlagValuesByName } from '../../src/flags/flags.ts';
import { certs } from '../../src/phases/certs.ts';
import { controlPlane, markControlPlane } from '../../src/phases/control-plane.ts';
import { kubeconfig } from '../../src/phases/kubeconfig.ts';
import type { KeysContext, KubeContext, MachineContext, PatchesContext } from '../../src/run/context.ts';

/** A node that joins: a worker, or a member of the control plane. */
interface JoinContext extends MachineContext, KubeContext, KeysContext, PatchesContext {
  readonly config: NodeConfig | ControlPlaneConfig;
}

type ControlPlaneJoin = JoinContext & { readonly config: ControlPlaneConfig };

const onControlPlane: Proof<JoinContext, ControlPlaneJoin> = {
  only: 'on control plane nodes',
  test: (context): context is ControlPlaneJoin => 'localAPIEndpoint' in context.config,
};

const join = (phases: readonly Phase<JoinContext, FlagName>[]) =>
  defineWorkflow<JoinContext, typeof flags>({ name: 'join', summary: 'Join', flags, offers: ['config', 'node-name'], phases });

test('phases of a control plane node stand in a workflow for both only where membership is proved', () => {
  const workflow = join([
    within(onControlPlane, kubeconfig),
    within(onControlPlane, controlPlane),
    within(onControlPlane, markControlPlane),
  ]);
  expect(workflow.phases.map(({ include }) => include?.only)).toEqual(Array.from({ length: 3 }, () => 'on control plane nodes'));
  // @ts-expect-error a worker has no localAPIEndpoint
  join([controlPlane]);
  // @ts-expect-error nor has it certificates of a control plane
  join([certs]);
});

test('a worker has no address of an API server', () => {
  const { config }: Pick<JoinContext, 'config'> = {
    config: { localAPIEndpoint: { advertiseAddress: '192.0.2.1', bindPort: 6443 } } as ControlPlaneConfig,
  };
  // @ts-expect-error only what is proved may be read
  expect(config.localAPIEndpoint.bindPort).toBe(6443);
});

test('a workflow without a slice does not take a phase that uses it', () => {
  type Offline = Omit<InitContext, 'kube'>;
  const define = (phases: readonly Phase<Offline, FlagName>[]) =>
    defineWorkflow<Offline, typeof flags>({ name: 'offline', summary: 'Offline', flags, phases });
  expect(define([certs, kubeconfig]).phases).toHaveLength(2);
  // @ts-expect-error marking a Node takes the API
  define([markControlPlane]);
  // @ts-expect-error bootstrap tokens are objects of the API
  define([bootstrapToken]);
});

test('a phase of init alone does not stand where its configuration is missing', () => {
  type WithoutTokens = Omit<InitContext, 'config'> & { readonly config: ControlPlaneConfig };
  const define = (phases: readonly Phase<WithoutTokens, FlagName>[]) =>
    defineWorkflow<WithoutTokens, typeof flags>({ name: 'repair', summary: 'Repair', flags, phases });
  expect(define([markControlPlane]).phases).toHaveLength(1);
  // @ts-expect-error this configuration has no bootstrap tokens
  define([{ ...showJoinCommand, needs: [] }]);
});

test('a context with the parts under other names is given a view', () => {
  type Pair = { readonly first: InitContext; readonly second: InitContext };
  const define = (phases: readonly Phase<Pair, FlagName>[]) =>
    defineWorkflow<Pair, typeof flags>({ name: 'pair', summary: 'Pair', flags, phases });
  expect(define([mount(certs, (pair: Pair) => pair.second)]).phases[0]?.phases).toHaveLength(11);
  // @ts-expect-error without a view the parts are not found
  define([certs]);
});

const offering = (offers: readonly FlagName[]) =>
  defineWorkflow<InitContext, typeof flags>({ name: 'x', summary: 'X', flags, offers, phases: [certs] });

test('flags are known by name, and their values have types', () => {
  const values: Partial<FlagValuesByName> = { 'node-name': 'cp1', 'dry-run': true };
  // @ts-expect-error a slip in the name of a flag
  expect(values['node-nmae']).toBeUndefined();
  // @ts-expect-error a switch is no text
  const text: string | undefined = values['dry-run'];
  expect(text).toBe(true);
  // @ts-expect-error no workflow offers a flag that the table does not have
  expect(() => offering(['node-nmae'])).toThrow('offers the flag --node-nmae, which it does not know');
  // @ts-expect-error nor does a phase name one
  const misnamed: Phase<InitContext, FlagName> = { name: 'x', summary: 'X', flags: ['node-nmae'], run: () => undefined };
  expect(misnamed.flags).toEqual(['node-nmae']);
});
