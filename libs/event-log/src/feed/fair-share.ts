/** How many buckets one of `members` workers holds at most, so that all are held and nobody has two more than another. */
export const fairShare = (buckets: number, members: number): number => Math.ceil(buckets / Math.max(members, 1));
