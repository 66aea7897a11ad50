/** What the phases of `repair` may use. */
import type { ControlPlaneConfig } from '../../../src/config/types.ts';
import type { KeysContext, KubeContext, MachineContext, PatchesContext } from '../../../src/run/context.ts';
import type { RunConfig } from '../../../src/run/work.ts';

/** A configuration without bootstrap tokens and add-ons: no phase of `repair` asks for them. */
export type RepairConfig = ControlPlaneConfig & RunConfig;

export interface RepairContext extends MachineContext, KubeContext, KeysContext, PatchesContext {
  readonly config: RepairConfig;
}
