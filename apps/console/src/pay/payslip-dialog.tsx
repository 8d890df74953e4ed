import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatMonth } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { formatMoney } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { useStageNames } from '../queue/use-cases.js';
import { DataTable } from '../ui/data-table.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { Lines } from './pay-lines.js';
import classes from './pay-page.module.css';
import { measureName } from './pay-words.js';
import { usePayslip } from './use-pay.js';

type DialogProps = { portalId: string; month: string; zone: string; userId: string; onClose: () => void };

/** A payslip as it was issued: its lines, whether it comes out again from the log, and the facts behind it. */
export function PayslipDialog({ portalId, month, zone, userId, onClose }: DialogProps) {
  const { t, language } = useSpeech();
  const slip = usePayslip(portalId, month, userId);
  const stages = useStageNames(portalId);
  const title = `${t('pay.slip')} · ${formatMonth(month, language)}`;
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }} size="xl">
      {slip.data === undefined ? (
        slip.isError ? (
          <ErrorState error={slip.error} retry={() => void slip.refetch()} />
        ) : (
          <TableSkeleton rows={8} />
        )
      ) : (
        <div className={classes.slip}>
          <p className={classes.slipHead}>
            <span>{slip.data.name ?? t('seller.nameless', { id: userId })}</span>
            <b>{formatMoney(BigInt(slip.data.totalKopecks), slip.data.currency, language, { exact: true })}</b>
          </p>
          <Lines item={slip.data} slip={slip.data} />
          <p className={slip.data.isReproduced ? classes.sound : classes.unsound} role="status">
            {t(slip.data.isReproduced ? 'pay.reproduced' : 'pay.notReproduced')}
          </p>
          <p className={classes.hash}>
            SHA-256 <code>{slip.data.hash}</code>
          </p>
          <details>
            <summary>{t('pay.text')}</summary>
            <pre className={classes.text}>{JSON.stringify(JSON.parse(slip.data.text), null, 2)}</pre>
          </details>
          <h3 className={classes.factsTitle}>{t('pay.facts', { n: slip.data.factCount })}</h3>
          {slip.data.factCount > slip.data.facts.length && (
            <p className={classes.soft}>{t('pay.factsShown', { shown: slip.data.facts.length })}</p>
          )}
          <DataTable label={t('pay.facts', { n: slip.data.facts.length })}>
            <tbody>
              {slip.data.facts.map((fact) => {
                const [kind, id] = fact.about.split(':');
                return (
                  <tr key={`${fact.position} ${fact.measure}`}>
                    <th scope="row" className={classes.line}>
                      {measureName(fact.measure, t, (stageId) => stages.get(stageId) ?? stageId)}
                      <span className={classes.reason}>
                        {formatMoment(fact.doneAt, zone, language, Date.now())} ·{' '}
                        <Link
                          to="/portals/$portalId/records/$kind/$recordId"
                          params={{ portalId, kind: kind ?? '', recordId: id ?? '' }}
                        >
                          {fact.about}
                        </Link>
                      </span>
                    </th>
                    <td className={classes.sum}>
                      {fact.kopecks !== null && fact.currency !== null
                        ? formatMoney(BigInt(fact.kopecks), fact.currency, language, { exact: true })
                        : `${fact.actions > 0 ? '+' : '−'}${Math.abs(fact.actions)}`}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </DataTable>
        </div>
      )}
    </Modal>
  );
}
