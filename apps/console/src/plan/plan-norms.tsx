import type { Indicator, PlannedFigure } from '../api/schema.js';
import { formatCount, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { indicatorText } from './plan-words.js';
import classes from './plan-page.module.css';

type FiguresProps = { figures: readonly PlannedFigure[]; indicators: readonly Indicator[] | undefined };

/** What each seller has to do, and what that comes to together. */
export function NormsPanel({ figures, indicators, nameOf }: FiguresProps & { nameOf: (userId: string) => string }) {
  const { t, language } = useSpeech();
  const userIds = figures[0]?.norms.map(({ userId }) => userId) ?? [];
  const cell = (value: string | undefined) => <td className={classes.count}>{formatCount(Number(value ?? 0))}</td>;
  return (
    <Panel title={t('plan.norms')} note={t('plan.normsNote')} flush>
      <DataTable label={t('plan.norms')}>
        <thead>
          <tr>
            <th scope="col">{t('plan.seller')}</th>
            {figures.map(({ indicatorId }) => (
              <th key={indicatorId ?? 'sales'} scope="col" className={classes.count}>
                {indicatorText(indicatorId, indicators, { t, language })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {userIds.map((userId, place) => (
            <tr key={userId}>
              <th scope="row">{nameOf(userId)}</th>
              {figures.map(({ indicatorId, norms }) => (
                <Cell key={indicatorId ?? 'sales'}>{cell(norms[place]?.norm)}</Cell>
              ))}
            </tr>
          ))}
        </tbody>
        {userIds.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{t('plan.together')}</th>
              {figures.map(({ indicatorId, team, surplus }) => (
                <td key={indicatorId ?? 'sales'} className={classes.count}>
                  {formatCount(Number(team) + Number(surplus))}
                  {surplus !== '0' && (
                    <span className={classes.soft} title={t('plan.surplusNote')}>
                      {' '}
                      +{formatCount(Number(surplus))}
                    </span>
                  )}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </DataTable>
    </Panel>
  );
}

const Cell = ({ children }: { children: React.ReactElement }) => children;

/** How many it takes to reach the sales with a chance; the plan itself hides that its conversion is only known roughly. */
export function ChancesPanel({ figures, indicators }: FiguresProps) {
  const { t, language } = useSpeech();
  const told = figures.filter(({ volumes }) => volumes.length > 0);
  if (told.length === 0) return null;
  const chances = told[0]?.volumes.map(({ chance }) => chance) ?? [];
  return (
    <Panel title={t('plan.chances')} note={t('plan.chancesNote')} flush>
      <DataTable label={t('plan.chances')}>
        <thead>
          <tr>
            <th scope="col">{t('plan.indicator')}</th>
            <th scope="col" className={classes.count}>
              {t('plan.byPlan')}
            </th>
            <th scope="col" className={classes.count}>
              {t('plan.chance')}
            </th>
            {chances.map((chance) => (
              <th key={chance} scope="col" className={classes.count}>
                {t('plan.forChance', { chance: Math.round(chance * 100) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.map((figure) => (
            <tr key={figure.indicatorId}>
              <th scope="row">{indicatorText(figure.indicatorId, indicators, { t, language })}</th>
              <td className={classes.count}>{formatCount(Number(figure.team))}</td>
              <td className={classes.count}>
                {figure.chanceAtPlan === null ? '—' : formatPercent(figure.chanceAtPlan, language)}
              </td>
              {figure.volumes.map(({ chance, volume }) => (
                <td key={chance} className={classes.count}>
                  {volume === null ? t('plan.outOfReach') : formatCount(volume)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}
