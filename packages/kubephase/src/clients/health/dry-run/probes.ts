/** Health endpoints of a rehearsal: everything is well at once, because nothing was started. */
import type { HealthProbes } from '../port.ts';

export function createDryRunHealthProbes(): HealthProbes {
  return { status: async () => 200 };
}
