import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { panelsOf } from '../sql/queries-of.js';

/** What others have to know about a dashboard: links and alerts lead to it. */
export interface DashboardFacts {
  uid: string;
  title: string;
  tags: readonly string[];
  variables: readonly string[];
  panelIds: readonly number[];
}

/** Facts of a built dashboard; without a uid or a title they are empty. */
export function factsOf(dashboard: Dashboard): DashboardFacts {
  return {
    uid: dashboard.uid ?? '',
    title: dashboard.title ?? '',
    tags: dashboard.tags ?? [],
    variables: (dashboard.templating.list ?? []).map((variable) => variable.name),
    panelIds: panelsOf(dashboard).flatMap((panel) => panel.id ?? []),
  };
}
