/** Causes that only etcd has. Rows are data. */
import type { Cause } from './cause.ts';

const emptyData = 'If nothing in the data folder of etcd is needed, empty it (kubephase reset does) and run init again.';

export const etcdCauses = [
  {
    id: 'etcd-member-known',
    pattern: /member \S+ has already been bootstrapped/,
    means: 'The etcd cluster knows this member already, but its data folder is empty or of another member',
    remedy: 'Remove the old member with etcdctl member remove, or bring back its data.',
    final: true,
  },
  {
    id: 'etcd-other-cluster',
    pattern:
      /cluster ?ID mismatch|couldn't find local name "[^"]*" in the initial cluster|initial-cluster has .* but missing from|member count is unequal/i,
    means: 'The data folder of etcd comes from another cluster or another member',
    remedy: emptyData,
    final: true,
  },
  {
    id: 'etcd-downgrade',
    pattern: /cluster cannot be downgraded|invalid downgrade/,
    means: 'The data of etcd was written by a newer version',
    remedy: 'Use an etcd that is at least as new, or data of an older one.',
    final: true,
  },
  {
    id: 'etcd-data-damaged',
    pattern:
      /crc mismatch|failed to recover v3 backend|freepages: failed to get all reachable pages|invalid database|wal: .*(corrupt|unexpected EOF)/,
    means: 'The data of etcd is damaged',
    remedy: `Restore a snapshot. ${emptyData}`,
    final: true,
  },
  {
    id: 'etcd-space',
    pattern: /database space exceeded|alarm:NOSPACE/,
    means: 'The database of etcd has reached its limit',
    remedy: 'Compact and defragment it with etcdctl, then clear the alarm with etcdctl alarm disarm.',
    final: false,
  },
] as const satisfies readonly Cause[];
