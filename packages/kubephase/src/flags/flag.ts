/** A row of the flag tables: the engine's flag plus what kubephase does with its value. */
import type { Flag } from 'phaserunner';

export interface ConfigFlag extends Flag {
  /** Field of the configuration that the flag sets, with its kind in front: `ClusterConfiguration.clusterName`. */
  readonly field?: string;
  /** May be given beside `--config`. Flags that set a field of the file contradict it and may not. */
  readonly besideConfig?: boolean;
}

/** A table of flags by name; the key and `name` are the same word (checked by a test). */
export type FlagTable = Readonly<Record<string, ConfigFlag>>;
