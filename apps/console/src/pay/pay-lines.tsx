import { Button } from '@mantine/core';
import type { PayLine, PayslipSummary } from '../api/schema.js';
import { formatMonth } from '../format/dates.js';
import { formatMoney } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import type { Disputed } from './disputes-panel.js';
import classes from './pay-page.module.css';
import { lineName, lineReason } from './pay-words.js';

/** Asks what is wrong with a line; null for whoever may not object. */
export type Dispute = ((disputed: Disputed) => void) | null;

/** Every line of pay with the figures it follows from; with it what earlier months and objections add. */
export function Lines({
  item,
  slip,
  dispute = null,
}: {
  item: { userId: string; name: string | null; currency: string; lines: readonly PayLine[] };
  slip: PayslipSummary | undefined;
  dispute?: Dispute;
}) {
  const { t, language } = useSpeech();
  const money = (kopecks: string) => formatMoney(BigInt(kopecks), item.currency, language, { exact: true });
  const row = (key: string, name: string, reason: string, kopecks: string, line: Disputed | null) => (
    <tr key={key}>
      <th scope="row" className={classes.line}>
        {name}
        <span className={classes.reason}>{reason}</span>
      </th>
      <td className={classes.sum}>{money(kopecks)}</td>
      {dispute !== null && (
        <td className={classes.act}>
          {line !== null && (
            <Button size="compact-xs" variant="subtle" onClick={() => dispute(line)}>
              {t('pay.dispute')}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
  return (
    <DataTable label={item.name ?? item.userId}>
      <tbody>
        {item.lines.map((line) => {
          const { kind, id } = line;
          const reason = lineReason(line, { t, language, currency: item.currency });
          return row(`${kind} ${id}`, lineName(line, t), reason, line.kopecks, { kind, id });
        })}
        {slip?.adjustments.flatMap(({ month, lines }) =>
          lines.map((line) => {
            const reason = t('pay.adjustment', { month: formatMonth(month, language) });
            return row(`${month} ${line.kind} ${line.id}`, lineName(line, t), reason, line.kopecks, null);
          }),
        )}
        {slip?.corrections.map(({ disputeId, month, kopecks }) =>
          row(disputeId, t('pay.correction'), formatMonth(month, language), kopecks, null),
        )}
      </tbody>
    </DataTable>
  );
}
