import { useId, useState } from 'react';
import { formatDay } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from './data-table.js';
import classes from './week-bars.module.css';

export type WeekPoint = {
  /** Monday, `YYYY-MM-DD`. */
  week: string;
  value: number;
  /** What the bar says: `3 of 412`. */
  text: string;
};

const HEIGHT = 64;
const WIDEST = 48;

/** A bar a week, with the same figures as a table for those who would rather read. */
export function WeekBars({
  points,
  label,
  hasTable = true,
}: {
  points: readonly WeekPoint[];
  label: string;
  /** False where the page shows the same figures as a table anyway. */
  hasTable?: boolean;
}) {
  const { t, language } = useSpeech();
  const [isTable, setIsTable] = useState(false);
  const tableId = useId();
  const first = points[0];
  const last = points.at(-1);
  return (
    <div className={classes.box}>
      <figure className={classes.figure} style={{ maxWidth: points.length * WIDEST }}>
        <Bars points={points} height={HEIGHT} label={label} />
        {first !== undefined && last !== undefined && (
          <div className={classes.axis} aria-hidden>
            <span>{formatDay(first.week, language)}</span>
            {points.length > 1 && <span>{formatDay(last.week, language)}</span>}
          </div>
        )}
      </figure>
      {hasTable && (
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={isTable}
          aria-controls={tableId}
          onClick={() => setIsTable(!isTable)}
        >
          {t(isTable ? 'weeks.hideTable' : 'weeks.showTable')}
        </button>
      )}
      <div id={tableId} hidden={!isTable} className={classes.table}>
        {isTable && (
          <DataTable label={label}>
            <thead>
              <tr>
                <th scope="col">{t('weeks.week')}</th>
                <th scope="col">{label}</th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.week}>
                  <th scope="row">{formatDay(point.week, language)}</th>
                  <td>{point.text}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        )}
      </div>
    </div>
  );
}

/** Bars alone, for the line of a table. */
export function Bars({
  points,
  height,
  label,
  widest = WIDEST,
}: {
  points: readonly WeekPoint[];
  height: number;
  label: string;
  /** Of a bar, in pixels. */
  widest?: number;
}) {
  const { language } = useSpeech();
  const top = Math.max(...points.map(({ value }) => value), Number.MIN_VALUE);
  return (
    <div className={classes.bars} role="img" aria-label={label} style={{ height, maxWidth: points.length * widest }}>
      {points.map(({ week, value, text }) => (
        <span key={week} className={classes.slot} title={`${formatDay(week, language)}: ${text}`}>
          <span
            className={classes.bar}
            data-empty={value === 0 || undefined}
            style={{ height: value === 0 ? 1 : Math.max(2, Math.round((value / top) * height)) }}
          />
        </span>
      ))}
    </div>
  );
}
