/** The members of an etcd cluster: who they are, and adding, promoting and removing them. */

export interface EtcdMember {
  /** 64 bits in lower-case hex without leading zeros, as etcd itself prints them. */
  readonly id: string;
  /** Empty until the member has started for the first time. */
  readonly name: string;
  /** Whether its process has joined the cluster at least once. */
  readonly started: boolean;
  /** URLs at which the other members reach it. */
  readonly peerUrls: readonly string[];
  /** URLs at which clients reach it; none until it has started. */
  readonly clientUrls: readonly string[];
  /** A learner gets all data, but has no vote until it is promoted. */
  readonly isLearner: boolean;
}

/** What one member says of itself. */
export interface EtcdStatus {
  readonly memberId: string;
  /** Of the program, such as `3.6.8`. */
  readonly version: string;
  readonly dbSizeBytes: number;
  /** ID of the member that leads. Undefined when this member knows none. */
  readonly leaderId: string | undefined;
  readonly raftTerm: bigint;
  readonly isLearner: boolean;
  /** What this member finds wrong, alarms included; empty when it is well. */
  readonly errors: readonly string[];
}

/** Answer to an order to add a member. */
export interface AddedMember {
  readonly member: EtcdMember;
  /** All members, the new one included. */
  readonly members: readonly EtcdMember[];
}

/**
 * Every method is one look or one order; nothing is repeated, except that the next endpoint is asked when one does not answer. An order
 * may so have been carried out although no answer came: look at the members before giving it again. Failures are `ProblemError`s:
 * `ETCD_UNREACHABLE` when no endpoint answers in time, `ETCD_CREDENTIALS_INVALID` when the certificates given cannot be used,
 * `ETCD_UNHEALTHY_CLUSTER` when too few members are there to decide, `ETCD_REQUEST_FAILED` for an answer without a code of its own.
 */
export interface EtcdCluster {
  /** In etcd's order. */
  members(): Promise<readonly EtcdMember[]>;
  /**
   * @param peerUrls at which the new member will be reached
   * @throws ProblemError also `ETCD_MEMBER_EXISTS` when a member has such a URL, `ETCD_TOO_MANY_LEARNERS` when another one is not yet promoted
   */
  addLearner(peerUrls: readonly string[]): Promise<AddedMember>;
  /**
   * Gives a learner its vote. Returns all members.
   * @throws ProblemError also `ETCD_LEARNER_NOT_READY` when it does not have all data yet, `ETCD_NOT_A_LEARNER` when it has its vote,
   * `ETCD_MEMBER_NOT_FOUND`
   */
  promote(id: string): Promise<readonly EtcdMember[]>;
  /**
   * Returns the members that are left.
   * @throws ProblemError also `ETCD_MEMBER_NOT_FOUND`
   */
  remove(id: string): Promise<readonly EtcdMember[]>;
  /** @param endpoint client URL of the member that is asked; only this one is */
  status(endpoint: string): Promise<EtcdStatus>;
}
