import { dayIn } from '../format/dates.js';
import { formatCount, formatPercent } from '../format/numbers.js';
import type { CuratorScore, ScorePart } from '../api/schema.js';
import { periodOf } from '../discipline/discipline-search.js';
import type { WeekPeriod } from '../discipline/discipline-search.js';
import { WeekPicker } from '../discipline/week-picker.js';
import { useSpeech } from '../i18n/i18n.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { AgreementPanels } from './agreement-panels.js';
import classes from './quality-page.module.css';
import type { QualitySearch } from './quality-search.js';
import { coefficientText, curatorsByName, isUnmeasured, scoreParts } from './score-texts.js';
import { useCuratorScores } from './use-quality.js';

type ScoresTabProps = {
  portalId: string;
  zone: string;
  search: QualitySearch;
  onPeriod: (period: WeekPeriod) => void;
};

/** How well curators work: what each part of a score rests on, and how far verdicts agree. */
export function ScoresTab({ portalId, zone, search, onPeriod }: ScoresTabProps) {
  const { t, language } = useSpeech();
  const today = dayIn(new Date(), zone);
  const period = periodOf(search, today);
  const scores = useCuratorScores(portalId, period);
  return (
    <>
      <WeekPicker period={period} today={today} onPeriod={onPeriod} />
      <Panel title={t('scores.title')} note={t('scores.note')} flush>
        {scores.data === undefined ? (
          scores.isError ? (
            <ErrorState error={scores.error} retry={() => void scores.refetch()} />
          ) : (
            <TableSkeleton rows={4} />
          )
        ) : scores.data.items.length === 0 ? (
          <p className={classes.padded}>{t('scores.nobody')}</p>
        ) : (
          <CardTable label={t('scores.title')} isDense>
            <thead>
              <tr>
                <th scope="col">{t('scores.curator')}</th>
                {scoreParts.map((part) => (
                  <th key={part} scope="col" title={t(`scores.${part}.is`)}>
                    {t(`scores.${part}`)}
                  </th>
                ))}
                <th scope="col">{t('scores.score')}</th>
                <th scope="col">{t('scores.calibration')}</th>
              </tr>
            </thead>
            <tbody>
              {curatorsByName(scores.data.items, t('queue.colleague'), language).map((each) => (
                <tr key={each.account.accountId} data-curator={each.account.accountId}>
                  <th scope="row" data-main>
                    {each.name}
                    {each.reportsToHead && (
                      <span className={classes.warn} title={t('scores.reportsNote')}>
                        {t('scores.reports')}
                      </span>
                    )}
                  </th>
                  {scoreParts.map((part) => (
                    <td key={part} data-label={t(`scores.${part}`)} data-nowrap>
                      <Part part={each[part]} />
                    </td>
                  ))}
                  <td data-label={t('scores.score')} data-nowrap>
                    {isUnmeasured(each) ? (
                      <span className={classes.soft}>{t('scores.tooEarly')}</span>
                    ) : (
                      <b>{formatPercent(each.score, language)}</b>
                    )}
                  </td>
                  <td data-label={t('scores.calibration')}>
                    <Trained calibration={each.calibration} />
                  </td>
                </tr>
              ))}
            </tbody>
          </CardTable>
        )}
      </Panel>
      <AgreementPanels portalId={portalId} period={period} />
    </>
  );
}

function Part({ part }: { part: ScorePart }) {
  const { t, language } = useSpeech();
  return (
    <span>
      {part.isNeutral || part.measured === null ? (
        <span className={classes.soft} title={t('scores.neutralNote')}>
          {t('scores.neutral')}
        </span>
      ) : (
        formatPercent(part.measured, language)
      )}{' '}
      <span className={classes.soft}>n = {formatCount(part.n)}</span>
    </span>
  );
}

function Trained({ calibration }: { calibration: CuratorScore['calibration'] }) {
  const { t, language } = useSpeech();
  const { n, kappa, isInTraining } = calibration;
  if (n === 0) return <span className={classes.soft}>{t('scores.never')}</span>;
  return (
    <span>
      {t(isInTraining ? 'scores.inTraining' : 'scores.calibrated')}{' '}
      <span className={classes.soft}>
        κ {coefficientText(kappa, language)}, n = {formatCount(n)}
      </span>
    </span>
  );
}
