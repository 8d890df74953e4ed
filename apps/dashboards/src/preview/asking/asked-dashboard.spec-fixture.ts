import { catalogueOf, type DefinedDashboard } from '@funnelwatch/dashboards';
import type { ShownColumn } from '@funnelwatch/dashboards/display';
import type { ReadModels } from '../read-models.js';

const catalogue = catalogueOf('ru');

/** A dashboard of the product, in Russian. */
export function dashboardOf(uid: string): DefinedDashboard {
  const found = catalogue.dashboards.find((dashboard) => dashboard.uid === uid);
  if (!found) throw new Error(`There is no dashboard ${uid}`);
  return found;
}

export const allDashboards = catalogue.dashboards;

const text = (name: string, values: string[]): ShownColumn => ({ name, type: 'string', values });

/** Options of a variable, as a query for them answers. */
export const options = (...pairs: [value: string, text: string][]): ShownColumn[] => [
  text(
    '__value',
    pairs.map(([value]) => value),
  ),
  text(
    '__text',
    pairs.map(([, shown]) => shown),
  ),
];

/** Read models that answer by what a statement holds, nothing to any other; what was asked is kept. */
export function readModelsOf(
  answers: Readonly<Record<string, ShownColumn[] | Error>>,
): ReadModels & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: (sql) => {
      asked.push(sql);
      const [, answer = []] = Object.entries(answers).find(([part]) => sql.includes(part)) ?? [];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    close: () => Promise.resolve(),
  };
}
