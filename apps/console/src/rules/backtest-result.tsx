import { Link } from '@tanstack/react-router';
import type { Backtest, BacktestFigures, RuleView } from '../api/schema.js';
import { addDays, formatDay, formatInstant } from '../format/dates.js';
import { formatCount, formatDecimal, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { isRecordKind } from '../portals/kind-names.js';
import { recordText } from '../queue/case-words.js';
import { parameterText } from '../queue/fill-places.js';
import { useAccess } from '../session/use-me.js';
import { DataTable } from '../ui/data-table.js';
import { WeekBars } from '../ui/week-bars.js';
import { casesByWeek, peopleByName, shareOf, triedOtherwise } from './backtest-figures.js';
import classes from './backtests-panel.module.css';
import { precisionOf } from './rule-order.js';

const EXAMPLES_SHOWN = 5;

/** Which stretch of the history, in words. */
export function stretchText(period: Backtest['period'], language: Language, t: Translate): string {
  if (period === null) return t('backtest.all');
  return `${formatDay(period.from, language)} – ${formatDay(addDays(period.to, -1), language)}`;
}

/** What a finished backtest found, in one line. */
export function backtestSummary(backtest: Backtest, zone: string, language: Language, t: Translate): string {
  const { figures, finishedAt, period } = backtest;
  return [
    stretchText(period, language, t),
    figures === null ? null : t('backtest.cases', { n: figures.cases }),
    figures === null ? null : t('backtest.hours', { hours: formatDecimal(figures.curatorHoursPerWeek, 1, language) }),
    finishedAt === null ? null : formatInstant(finishedAt, zone, language),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

type BacktestResultProps = {
  portalId: string;
  rule: RuleView;
  backtest: Backtest;
  figures: BacktestFigures;
  zone: string;
  nameOf: (userId: string) => string;
};

/** What a rule would have found: by week, by person, and what it would have cost. */
export function BacktestResult({ portalId, rule, backtest, figures, zone, nameOf }: BacktestResultProps) {
  const { t, language } = useSpeech();
  const otherwise = triedOtherwise(backtest.parameters, rule.parameters);
  const { cases, checks, resolved, voided } = figures;
  const percent = (part: number, whole: number) => {
    const share = shareOf(part, whole);
    return share === null ? '—' : formatPercent(share, language);
  };
  const precision = backtest.precision === null ? null : precisionOf({ ...rule.figures, ...backtest.precision });
  const tiles = [
    {
      name: t('backtest.found'),
      value: formatCount(cases),
      note: t('backtest.ofChecks', { n: checks, share: percent(cases, checks) }),
    },
    {
      name: t('backtest.resolved'),
      value: percent(resolved, cases),
      note: t('backtest.ofCases', { part: resolved, n: cases }),
    },
    {
      name: t('backtest.cost'),
      value: t('backtest.hoursShort', { hours: formatDecimal(figures.curatorHoursPerWeek, 1, language) }),
      note: t('backtest.aWeek'),
    },
    {
      name: t('backtest.precision'),
      value: precision === null ? t('rules.tooFew') : formatPercent(precision, language),
      note: t('backtest.byVerdicts', { n: backtest.precision?.verdicts ?? 0 }),
    },
  ];
  const weeks = casesByWeek(figures, backtest.period).map((each) => ({
    week: each.week,
    value: each.cases,
    text: t('backtest.cases', { n: each.cases }),
  }));
  const people = peopleByName(
    figures.byPerson,
    (userId) => (userId === '' ? t('queue.nobody') : nameOf(userId)),
    language,
  );
  return (
    <div className={classes.result} data-backtest={backtest.backtestId}>
      {otherwise.length > 0 && (
        <p className={classes.otherwise}>
          {t('backtest.otherwise')}{' '}
          {otherwise
            .map(
              ({ parameter, value }) =>
                `${parameter.title[language]}: ${parameterText(value, language) || t('rules.notSet')}`,
            )
            .join('; ')}
        </p>
      )}
      <dl className={classes.tiles}>
        {tiles.map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={classes.value}>{value}</dd>
            <dd className={classes.note}>{note}</dd>
          </div>
        ))}
      </dl>
      {voided > 0 && <p className={classes.soft}>{t('backtest.voided', { n: voided })}</p>}
      {cases === 0 ? (
        <p className={classes.soft}>{t(checks === 0 ? 'backtest.noChecks' : 'backtest.noCases')}</p>
      ) : (
        <>
          <section>
            <h4 className={classes.name}>{t('backtest.byWeek')}</h4>
            <WeekBars points={weeks} label={t('backtest.byWeek')} />
          </section>
          <section>
            <h4 className={classes.name}>{t('backtest.byPerson')}</h4>
            <div className={classes.people}>
              <DataTable label={t('backtest.byPerson')}>
                <thead>
                  <tr>
                    <th scope="col">{t('backtest.person')}</th>
                    <th scope="col">{t('backtest.figure')}</th>
                    <th scope="col">{t('backtest.share')}</th>
                  </tr>
                </thead>
                <tbody>
                  {people.map((each) => (
                    <tr key={each.person}>
                      <th scope="row">{each.name}</th>
                      <td>{t('backtest.partOf', { part: each.cases, n: each.checks })}</td>
                      <td>{percent(each.cases, each.checks)}</td>
                    </tr>
                  ))}
                </tbody>
              </DataTable>
            </div>
          </section>
          <BacktestExamples portalId={portalId} examples={figures.examples} zone={zone} nameOf={nameOf} />
        </>
      )}
    </div>
  );
}

function BacktestExamples({
  portalId,
  examples,
  zone,
  nameOf,
}: {
  portalId: string;
  examples: BacktestFigures['examples'];
  zone: string;
  nameOf: (userId: string) => string;
}) {
  const { t, language } = useSpeech();
  const mayRead = useAccess().may('records.read', portalId);
  if (examples.length === 0) return null;
  return (
    <section>
      <h4 className={classes.name}>{t('backtest.examples')}</h4>
      <ul className={classes.examples}>
        {examples.slice(0, EXAMPLES_SHOWN).map(({ about, opensAt, resolvedAt, person }) => {
          const [kind = '', recordId = ''] = about.split(':');
          return (
            <li key={`${about} ${opensAt}`}>
              {isRecordKind(kind) && mayRead ? (
                <Link
                  to="/portals/$portalId/records/$kind/$recordId"
                  params={{ portalId, kind, recordId }}
                  search={{}}
                  preload={false}
                >
                  {recordText(about, t)}
                </Link>
              ) : (
                recordText(about, t)
              )}
              <span className={classes.soft}>
                {' '}
                {formatInstant(opensAt, zone, language)}
                {person !== '' && ` · ${nameOf(person)}`} ·{' '}
                {t(resolvedAt === null ? 'backtest.stays' : 'backtest.fixed')}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
