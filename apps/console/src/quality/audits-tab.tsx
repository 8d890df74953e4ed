import { UnstyledButton } from '@mantine/core';
import type { AuditRow } from '../api/schema.js';
import { formatDay, formatInstant } from '../format/dates.js';
import { formatDecimal } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { recordText } from '../queue/case-words.js';
import { CardTable } from '../ui/card-table.js';
import { ExternalIcon } from '../ui/icons.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { AuditSheet } from './audit-sheet.js';
import classes from './quality-page.module.css';
import { useAudits, useQualitySettings } from './use-quality.js';

type AuditsTabProps = {
  portalId: string;
  zone: string;
  state: 'open' | 'scored';
  /** The audit that is open. */
  auditId: string | undefined;
  onState: (state: 'open' | 'scored') => void;
  onOpen: (auditId: string | undefined) => void;
};

/** Calls, meetings and deals that were drawn, to be looked at by a checklist. */
export function AuditsTab({ portalId, zone, state, auditId, onState, onOpen }: AuditsTabProps) {
  const { t } = useSpeech();
  const open = useAudits(portalId, 'open', true);
  const scored = useAudits(portalId, 'scored', true);
  const shown = state === 'open' ? open : scored;
  if (auditId !== undefined) {
    const rest = (open.data ?? []).filter((audit) => audit.auditId !== auditId);
    return (
      <AuditSheet
        key={auditId}
        portalId={portalId}
        auditId={auditId}
        zone={zone}
        onBack={() => onOpen(undefined)}
        onNext={rest[0] === undefined ? null : () => onOpen(rest[0]?.auditId)}
      />
    );
  }
  return (
    <Panel
      title={t('audits.title')}
      note={t('audits.note')}
      aside={
        <div className={classes.choice} role="group" aria-label={t('audits.which')}>
          {(['open', 'scored'] as const).map((each) => (
            <UnstyledButton
              key={each}
              className={classes.choose}
              aria-pressed={each === state}
              onClick={() => onState(each)}
            >
              {t(`audits.${each}`)} {(each === 'open' ? open : scored).data?.length ?? ''}
            </UnstyledButton>
          ))}
        </div>
      }
      flush
    >
      {shown.data === undefined ? (
        shown.isError ? (
          <ErrorState error={shown.error} retry={() => void shown.refetch()} />
        ) : (
          <TableSkeleton rows={8} />
        )
      ) : shown.data.length === 0 ? (
        <NoAudits portalId={portalId} state={state} />
      ) : (
        <AuditTable audits={shown.data} zone={zone} onOpen={onOpen} />
      )}
    </Panel>
  );
}

function NoAudits({ portalId, state }: { portalId: string; state: 'open' | 'scored' }) {
  const { t } = useSpeech();
  const settings = useQualitySettings(portalId).data;
  return (
    <EmptyState title={t(`audits.empty.${state}`)}>
      <p>{t(`audits.emptyText.${state}`, { n: settings?.auditsPerSeller ?? 3 })}</p>
    </EmptyState>
  );
}

function AuditTable({
  audits,
  zone,
  onOpen,
}: {
  audits: readonly AuditRow[];
  zone: string;
  onOpen: (auditId: string) => void;
}) {
  const { t, language } = useSpeech();
  const heads = {
    seller: t('audits.seller'),
    happened: t('audits.happened'),
    week: t('audits.week'),
    score: t('audits.score'),
  };
  return (
    <CardTable label={t('audits.title')} isDense>
      <thead>
        <tr>
          <th scope="col">{t('audits.record')}</th>
          <th scope="col">{heads.seller}</th>
          <th scope="col">{heads.happened}</th>
          <th scope="col">{heads.week}</th>
          <th scope="col">{heads.score}</th>
        </tr>
      </thead>
      <tbody>
        {audits.map((audit) => (
          <tr key={audit.auditId}>
            <th scope="row" data-main>
              <UnstyledButton className={classes.open} data-row onClick={() => onOpen(audit.auditId)}>
                {t(`auditKind.${audit.kind}`)} <span className={classes.soft}>{recordText(audit.about, t)}</span>
              </UnstyledButton>
              {audit.portalUrl !== null && (
                <a
                  href={audit.portalUrl}
                  target="_blank"
                  rel="noreferrer noopener"
                  aria-label={t('record.inPortal')}
                  title={t('record.inPortal')}
                  className={classes.outside}
                >
                  <ExternalIcon />
                </a>
              )}
            </th>
            <td data-label={heads.seller}>{audit.seller.name ?? t('seller.nameless', { id: audit.seller.userId })}</td>
            <td data-label={heads.happened} data-nowrap>
              {formatInstant(audit.happenedAt, zone, language)}
            </td>
            <td data-label={heads.week} data-nowrap>
              {formatDay(audit.week, language)}
            </td>
            <td data-label={heads.score} data-nowrap>
              {audit.scored === null ? (
                <span className={classes.soft}>{t('audits.waits')}</span>
              ) : (
                <span data-passed={audit.scored.isPassed} className={classes.passed}>
                  {audit.scored.score === null ? '—' : `${formatDecimal(audit.scored.score, 0, language)} %`}{' '}
                  {t(audit.scored.isPassed ? 'auditSheet.passed' : 'auditSheet.failed')}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </CardTable>
  );
}
