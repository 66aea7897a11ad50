/** What the defaults may use: the machine, and a way to report. */
import type { Files, Host, Network } from '../../host/port.ts';
import type { Reporter } from '../findings.ts';

/** What is looked at of the machine. Nothing is ever written. */
export interface Machine extends Pick<Host, 'randomBytes'> {
  readonly network: Pick<Network, 'hostName' | 'interfaces' | 'defaultRoutes' | 'acceptsConnections'>;
  readonly files: Pick<Files, 'status'>;
}

export interface Tools {
  readonly host: Machine;
  readonly reporter: Reporter;
}
