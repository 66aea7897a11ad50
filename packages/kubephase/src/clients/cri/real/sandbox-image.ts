/** Finds the sandbox image in the configuration that a runtime shows in its status. */

/** @param config JSON as the runtime wrote it. There is no rule for it: whatever cannot be read tells nothing. */
export function readSandboxImage(config: string | undefined): string | undefined {
  const value = parse(config ?? '');
  if (typeof value !== 'object' || value === null || !('sandboxImage' in value)) return undefined;
  return typeof value.sandboxImage === 'string' && value.sandboxImage !== '' ? value.sandboxImage : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
