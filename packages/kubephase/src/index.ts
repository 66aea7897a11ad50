/**
 * kubephase as a library: the workflow of `init`, its configuration, and the ports that it works on.
 * @module
 */
export type { ContainerRuntime, ContainerStatus, RuntimeVersion } from './clients/cri/port.ts';
export type { HealthProbes, HealthRequest } from './clients/health/port.ts';
export type { KubeApi, KubeObject, ObjectReference } from './clients/kube/port.ts';
export { createInitContext, type InitContext, type InitContextParts, type InitOptions } from './commands/init/context.ts';
export { workflow as initWorkflow } from './commands/init/workflow.ts';
export {
  configuration,
  printConfiguration,
  type ConfigurationDocument,
  type ConfigurationFields,
  type ConfigurationKind,
} from './config/builders.ts';
export { loadInitConfig } from './config/load.ts';
export { migrateConfig, type Migrated, type MigrateRequest } from './config/migrate/migrate.ts';
export type { InitRequest, Loaded, LoadedKind, Origin } from './config/request.ts';
export type * from './config/types.ts';
export { loadConfig, type WholeConfig, type WholeRequest } from './config/whole-file.ts';
export type { FlagName } from './flags/flags.ts';
export type {
  CommandResult,
  DefaultRoute,
  DirectoryEntry,
  FileMode,
  Files,
  FileStatus,
  FileWrite,
  Host,
  ListeningProcess,
  Mount,
  Mounts,
  Network,
  NetworkInterface,
  Owner,
  Programs,
  Services,
  WriteOptions,
} from './host/port.ts';
export { createRealHost, type RealHostOptions } from './host/real/host.ts';
export {
  runDocumentVersion,
  type PhaseEntry,
  type ReportedCause,
  type ReportedProblem,
  type ReportedWarning,
  type RunDocument,
} from './output/run-document.ts';
export { main, type MainInput } from './main.ts';
export { exitCodes, type ExitCodeName } from './problems/exit-code.ts';
export { connectAsAdmin, type AdminConnection, type KubeAccess } from './operations/admin.ts';
export type { ResolvedRelease, Traits } from './releases/release.ts';
export type { KeysContext, KubeContext, MachineContext, NodePaths, PatchesContext, Report } from './run/context.ts';
export { realMachine, type Machine } from './run/machine.ts';
export { dryRunPorts, realPorts, recordingScope, type DryRunPortsRequest, type Ports, type RealPortsRequest } from './run/ports.ts';
