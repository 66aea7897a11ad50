/** How the service managers systemd and OpenRC are asked and told, as data. */
import type { CommandResult } from '../port.ts';

/** A program and its arguments. */
export type ManagerCommand = readonly [program: string, ...args: readonly string[]];

interface Question {
  readonly ask: (service: string) => ManagerCommand;
  readonly isYes: (result: CommandResult, service: string) => boolean;
}

export interface Manager {
  readonly name: 'systemd' | 'openrc';
  /** The manager is there when this program is on PATH. */
  readonly mark: string;
  /** Programs that it then needs. */
  readonly programs: readonly string[];
  readonly exists: Question;
  readonly enabled: Question;
  readonly active: Question;
  readonly stop: (service: string) => readonly ManagerCommand[];
  readonly restart: (service: string) => readonly ManagerCommand[];
  /** As a user types it. */
  readonly enableCommand: (service: string) => string;
}

const systemd: Manager = {
  name: 'systemd',
  mark: 'systemctl',
  programs: [],
  exists: {
    ask: (service) => ['systemctl', 'status', service],
    isYes: ({ stdout, stderr }) => !/Loaded: not-found|could not be found/.test(stdout + stderr),
  },
  enabled: { ask: (service) => ['systemctl', 'is-enabled', service], isYes: ({ exitCode }) => exitCode === 0 },
  active: {
    ask: (service) => ['systemctl', 'is-active', service],
    isYes: ({ stdout }) => /^(active|activating)$/.test(stdout.trim()),
  },
  stop: (service) => [['systemctl', 'stop', service]],
  restart: (service) => [
    ['systemctl', 'daemon-reload'],
    ['systemctl', 'restart', service],
  ],
  enableCommand: (service) => `systemctl enable ${service}.service`,
};

const openrc: Manager = {
  name: 'openrc',
  mark: 'openrc',
  programs: ['rc-service', 'rc-update'],
  exists: {
    ask: (service) => ['rc-service', service, 'status'],
    isYes: ({ stdout, stderr }) => !(stdout + stderr).includes('does not exist'),
  },
  enabled: {
    ask: () => ['rc-update', 'show', 'default'],
    // One line a service: its name, a bar, the runlevel.
    isYes: ({ stdout }, service) => stdout.split('\n').some((line) => line.split('|')[0]?.trim() === service),
  },
  active: {
    ask: (service) => ['rc-service', service, 'status'],
    isYes: ({ stdout, stderr }) => !/stopped|does not exist/.test(stdout + stderr),
  },
  stop: (service) => [['rc-service', service, 'stop']],
  restart: (service) => [['rc-service', service, 'restart']],
  enableCommand: (service) => `rc-update add ${service} default`,
};

/** In the order in which they are looked for. */
export const managers: readonly Manager[] = [systemd, openrc];
