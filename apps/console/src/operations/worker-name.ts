/** A worker's name for people: its random part, which only tells restarts apart, is cut to a few letters. */
export function workerName(name: string): string {
  return name.replace(/\b([0-9a-f]{4})[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/, '$1');
}
