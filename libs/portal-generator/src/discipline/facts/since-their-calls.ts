import type { Activity, Call } from './facts.js';

/** An activity that stands for a call begins with it: the portal writes it down only when the call is over. */
export function sinceTheirCalls(activities: readonly Activity[], calls: readonly Call[]): Activity[] {
  const starts = new Map(calls.flatMap(({ activityId, startedAt }) => (activityId ? [[activityId, startedAt]] : [])));
  return activities.map((activity) => {
    const startedAt = starts.get(activity.id);
    const [first, ...rest] = activity.versions;
    if (startedAt === undefined || startedAt >= activity.createdAt || !first) return activity;
    return { ...activity, createdAt: startedAt, versions: [{ ...first, at: startedAt }, ...rest] };
  });
}
