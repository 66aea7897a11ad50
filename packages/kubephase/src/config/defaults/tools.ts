/** What the defaults may use: the machine, and a way to report. */
import type { Host } from '../../host/port.ts';
import type { Reporter } from '../findings.ts';

export interface Tools {
  readonly host: Host;
  readonly reporter: Reporter;
}
