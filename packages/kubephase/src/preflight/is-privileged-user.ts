/** Check `IsPrivilegedUser`: the run may do everything that it has to do. */
import type { Check } from './check.ts';

export const isPrivilegedUser: Check = {
  name: 'IsPrivilegedUser',
  severity: 'error',
  about:
    'Asks whether this process runs as root (user ID 0). Setting up a node writes below /etc and /var/lib and starts services, which only root may.',
  run: ({ host }) =>
    host.privileged ? [] : [{ summary: 'this user may not change the machine: only root may', remedy: 'Run the command as root.' }],
};
