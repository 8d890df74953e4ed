/** Records read one owner at a time, 50 owners a request; everything else is listed, 2,500 rows a request. */
const readByOwner = (listing: string): boolean => listing.endsWith('ProductRows');

/** The fewest requests that can read these listings: Σ⌈rows / 2500⌉ + Σ⌈owners / 50⌉. */
export function leastRequests(listings: Record<string, number>): number {
  let requests = 0;
  for (const [listing, rows] of Object.entries(listings))
    requests += Math.ceil(rows / (readByOwner(listing) ? 50 : 2500));
  return requests;
}
