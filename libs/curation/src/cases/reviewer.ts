/** Who acts: an account, and the portal's users it stands for. */
export interface Reviewer {
  accountId: string;
  /** Portal user of the account, null for people who are not in the portal. */
  userId: string | null;
  /** Portal users whose work is theirs: their own, and those they stand in for. */
  ownUserIds: readonly string[];
  /** True for heads of sales, who may not dismiss cases of their own people alone. */
  isHead: boolean;
  /** Not calibrated in a portal that requires it: feedback on their verdicts waits for a second review. */
  isInTraining: boolean;
}

/** What the control of quality says of one command. */
export interface ReviewControl {
  /** Wall time, milliseconds since the epoch. */
  nowMs: number;
  /** Where the case falls in the draw, [0, 1). */
  lot: number;
  /** Share of decided cases that are drawn for a second review. */
  share: number;
}
