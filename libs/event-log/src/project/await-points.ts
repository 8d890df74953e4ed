/**
 * Every place at which the worker loop waits for something, and so at which its process may be killed or paused. A spec
 * compares the list with the sources; another one kills a worker at each of them.
 */
export const awaitPoints = [
  'attend to duties',
  'work off buckets',
  'sleep',
  'rest after error',
  'give buckets back',
  'renew leases',
  'look for retries',
  'ask for assignments',
  'claim bucket',
  'claim checkpoint',
  'ask for retries',
  'drain stream',
  'ask for heads',
  'take turn',
  'attend between turns',
  'wait for wake-up',
  'confirm head',
  'apply batches',
  'mark running',
  'recover',
  'drain queue',
  'recover from drain',
  'ask the log for its head',
  'fetch',
  'apply batch',
  'commit batch',
  'set poison aside',
  'apply first half',
  'apply second half',
  'apply in a transaction',
  'mark stopped',
  'batch transaction',
  'lock checkpoint',
  'load blocked streams',
  'apply events',
  'set events aside',
  'move checkpoint',
  'read queue',
  'read queued event',
  'drain transaction',
  'lock checkpoint to drain',
  'try event',
  'note failure',
  'ask to go on',
  'savepoint',
  'leave quarantine',
  'apply queued event',
  'release savepoint',
  'roll back to savepoint',
] as const;

export type AwaitPoint = (typeof awaitPoints)[number];

/** Called before the effect of an await begins and after it has succeeded; `bucket` is null where it concerns all. */
export type AwaitHook = (point: AwaitPoint, phase: 'before' | 'after', bucket: number | null) => Promise<void>;

/** The only thing the worker loop awaits: an effect under its name. */
export function at<Result>(
  hook: AwaitHook | undefined,
  point: AwaitPoint,
  bucket: number | null,
  effect: () => Promise<Result>,
): Promise<Result> {
  return hook ? hooked(hook, point, bucket, effect) : effect();
}

async function hooked<Result>(
  hook: AwaitHook,
  point: AwaitPoint,
  bucket: number | null,
  effect: () => Promise<Result>,
): Promise<Result> {
  await hook(point, 'before', bucket);
  const result = await effect();
  await hook(point, 'after', bucket);
  return result;
}
