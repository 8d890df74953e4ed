import type { ReactNode } from 'react';
import type { QueueSearch } from '../queue/queue-search.js';
import { useSpeech } from '../i18n/i18n.js';
import { CardTable } from '../ui/card-table.js';
import { Bars } from '../ui/week-bars.js';
import type { DisciplineRow } from './discipline-rows.js';
import classes from './discipline-page.module.css';
import { PartOf, RateText } from './part-of.js';

const BARS_PX = 22;
const BAR_PX = 16;

type DisciplineTableProps = {
  portalId: string;
  /** What the lines are: rules, employees, weeks. */
  heading: string;
  rows: readonly (DisciplineRow & { title: string; name: ReactNode })[];
  casesOf: (row: DisciplineRow) => QueueSearch | null;
  hasWeeks: boolean;
};

/** Violations of checks, line by line. */
export function DisciplineTable({ portalId, heading, rows, casesOf, hasWeeks }: DisciplineTableProps) {
  const { t } = useSpeech();
  const heads = { part: t('discipline.violations'), rate: t('discipline.share'), weeks: t('discipline.byWeek') };
  return (
    <CardTable label={heading} isDense>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">{heads.part}</th>
          <th scope="col" title={t('discipline.interval')}>
            {heads.rate}
          </th>
          {hasWeeks && <th scope="col">{heads.weeks}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-line={row.key}>
            <th scope="row" data-main>
              {row.name}
            </th>
            <td data-label={heads.part} data-nowrap>
              <PartOf
                portalId={portalId}
                part={row.violations}
                whole={row.checks}
                cases={casesOf(row)}
                label={row.title}
              />
            </td>
            <td data-label={heads.rate} data-nowrap>
              <RateText rate={row.rate} n={row.checks} />
            </td>
            {hasWeeks && (
              <td data-label={heads.weeks} className={classes.weeks}>
                <Bars
                  height={BARS_PX}
                  widest={BAR_PX}
                  label={t('discipline.weeksOf', { label: row.title })}
                  points={row.weeks.map(({ week, violations, checks }) => ({
                    week,
                    value: checks === 0 ? 0 : violations / checks,
                    text: t('discipline.partOf', { part: violations, n: checks }),
                  }))}
                />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </CardTable>
  );
}
