/** A service manager in memory that notes what it was asked to do. */
import { failure } from '../../problems/catalogue.ts';
import type { Services } from '../port.ts';

export interface MemoryServicesOptions {
  /** Default: none is found. */
  readonly manager?: 'systemd' | 'openrc';
  /** Services that exist, and whether they run. */
  readonly services?: Readonly<Record<string, 'active' | 'inactive'>>;
  /** Services that start with the machine. Default: all that exist. */
  readonly enabled?: readonly string[];
  /** What services logged, oldest line first. */
  readonly logs?: Readonly<Record<string, readonly string[]>>;
}

const enableCommands = {
  systemd: (service: string) => `systemctl enable ${service}.service`,
  openrc: (service: string) => `rc-update add ${service} default`,
} as const;

/** Stopping or restarting fails for services that do not exist, as with a real service manager. */
export function createMemoryServices(options: MemoryServicesOptions = {}): Services & { readonly calls: readonly string[] } {
  const states = new Map(Object.entries(options.services ?? {}));
  const calls: string[] = [];
  const change = async (verb: 'stop' | 'restart', service: string): Promise<void> => {
    calls.push(`${verb} ${service}`);
    if (options.manager === undefined) {
      throw failure('SERVICE_MANAGER_MISSING', { summary: 'no service manager was found', where: { object: `service ${service}` } });
    }
    if (!states.has(service)) {
      throw failure('COMMAND_FAILED', { summary: `the service ${service} does not exist`, where: { object: `service ${service}` } });
    }
    states.set(service, verb === 'stop' ? 'inactive' : 'active');
  };
  return {
    calls,
    manager: async () => options.manager,
    exists: async (service) => states.has(service),
    enabled: async (service) => options.enabled?.includes(service) ?? states.has(service),
    active: async (service) => states.get(service) === 'active',
    stop: (service) => change('stop', service),
    restart: (service) => change('restart', service),
    enableCommand: async (service) => (options.manager === undefined ? undefined : enableCommands[options.manager](service)),
    log: async (service, lines) => (lines > 0 ? (options.logs?.[service]?.slice(-lines) ?? []) : []),
  };
}
