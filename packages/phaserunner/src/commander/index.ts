/**
 * Binds workflows to the `commander` library: sub-commands, flags, help and completion from the phases.
 * @module
 */
export {};
