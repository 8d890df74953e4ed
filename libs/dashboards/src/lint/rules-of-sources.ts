import { panelsOf, placeOfPanel, queriesOfDashboard } from '../sql/queries-of.js';
import type { DashboardRule } from './finding.js';

/** The sources there are: what they answer, and their plugin. */
const sources: Readonly<Record<string, { language: string; type: string }>> = {
  'pg-readmodel': { language: 'sql', type: 'grafana-postgresql-datasource' },
  prom: { language: 'promql', type: 'prometheus' },
};
const MIXED = '-- Mixed --';

export const isSource = (uid: string | undefined): boolean => uid !== undefined && Object.hasOwn(sources, uid);

const fixedSources: DashboardRule = {
  id: 'fixed-sources',
  check: (dashboard) => [
    ...queriesOfDashboard(dashboard).flatMap(({ where, language, datasource: { uid = '', type = '' } }) => {
      const source = isSource(uid) ? sources[uid] : undefined;
      if (!source) return [{ where, message: `"${uid}" is none of the sources ${Object.keys(sources).join(', ')}` }];
      if (source.type !== type)
        return [{ where, message: `The source ${uid} is of type ${source.type}, not "${type}"` }];
      return source.language === language ? [] : [{ where, message: `The source ${uid} does not answer ${language}` }];
    }),
    ...panelsOf(dashboard)
      .filter((panel) => panel.datasource && panel.datasource.uid !== MIXED && !isSource(panel.datasource.uid))
      .map((panel) => ({
        where: placeOfPanel(dashboard.uid ?? '', panel),
        message: `The panel names the source "${panel.datasource?.uid ?? ''}"`,
      })),
  ],
};

export const rulesOfSources: readonly DashboardRule[] = [fixedSources];
