import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CrmRecord } from '../api/schema.js';
import { formatInstant, formatInstantExact } from '../format/dates.js';
import { formatMoney } from '../format/numbers.js';
import { sellerName } from '../funnel/funnel-frame.js';
import { useSpeech } from '../i18n/i18n.js';
import { useRecentlyChanged } from '../live/live-changes.js';
import { useMoment } from '../moment/moment.js';
import { PersonalSwitch } from '../personal/personal-switch.js';
import { isRecordKind, kindKey } from '../portals/kind-names.js';
import type { RecordKind } from '../portals/kind-names.js';
import { usePortal } from '../portals/use-portals.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { ExternalIcon } from '../ui/icons.js';
import { recordTitle } from './record-title.js';
import classes from './record-view.module.css';
import { StageVisits } from './stage-visits.js';
import { TimeLine } from './time-line.js';
import { useRecord } from './use-record.js';

type RecordViewProps = { portalId: string; kind: RecordKind; recordId: string; isPage?: boolean };

/** A record: what it is now, how long it stood in which stage, and everything that happened to it. */
export function RecordView({ portalId, kind, recordId, isPage = false }: RecordViewProps) {
  const record = useRecord(portalId, kind, recordId);
  const zone = usePortal(portalId)?.zone ?? 'Europe/Moscow';
  if (record.data === undefined) {
    return record.isError ? (
      <ErrorState error={record.error} retry={() => void record.refetch()} />
    ) : (
      <TableSkeleton rows={8} />
    );
  }
  return (
    <>
      <RecordHead record={record.data} portalId={portalId} zone={zone} isPage={isPage} />
      <StageVisits visits={record.data.visits} zone={zone} />
      <TimeLine portalId={portalId} kind={kind} recordId={recordId} zone={zone} />
    </>
  );
}

function RecordHead({
  record,
  portalId,
  zone,
  isPage,
}: {
  record: CrmRecord;
  portalId: string;
  zone: string;
  isPage: boolean;
}) {
  const { t, language } = useSpeech();
  const hasChanged = useRecentlyChanged(record.kind, record.id);
  const kind = kindKey(record.kind);
  const Title = isPage ? 'h1' : 'h2';
  const facts: { name: string; value: ReactNode }[] = [];
  if (record.stageName !== null) {
    facts.push({
      name: t('record.stage'),
      value: record.pipelineName === null ? record.stageName : `${record.pipelineName} → ${record.stageName}`,
    });
  }
  if (record.amountKopecks !== null && record.currency !== null) {
    facts.push({
      name: t('money.amount'),
      value: formatMoney(record.amountKopecks, record.currency, language, { exact: true }),
    });
  }
  facts.push({ name: t('record.owner'), value: sellerName({ sellerId: record.sellerId, name: record.sellerName }, t) });
  if (record.createdAt !== null) {
    facts.push({ name: t('record.created'), value: formatInstant(record.createdAt, zone, language) });
  }
  if (record.modifiedAt !== null) {
    facts.push({ name: t('record.modified'), value: formatInstant(record.modifiedAt, zone, language) });
  }
  if (record.goneAt !== null) {
    facts.push({ name: t('record.goneAt'), value: formatInstant(record.goneAt, zone, language) });
  }
  if (record.links.length > 0) {
    facts.push({
      name: t('record.links'),
      value: record.links.map((link) => <RecordLink key={`${link.kind}:${link.id}`} portalId={portalId} {...link} />),
    });
  }
  return (
    <header className={classes.head} data-changed={hasChanged || undefined}>
      <div className={classes.kind}>
        {kind === null ? record.kind : t(kind, { n: 1 })} № {record.id}
        {record.state !== 'present' && <span className={classes.gone}>{t(`record.${record.state}`)}</span>}
        {record.mergedInto !== null && (
          <RecordLink portalId={portalId} kind={record.kind} id={record.mergedInto} text={t('record.mergedInto')} />
        )}
        {record.portalUrl !== null && (
          <a href={record.portalUrl} target="_blank" rel="noreferrer noopener" className={classes.external}>
            {t('record.inPortal')} <ExternalIcon />
          </a>
        )}
      </div>
      <Title className={classes.title}>{recordTitle(record, t, record.personal === 'masked')}</Title>
      <PersonalSwitch portalId={portalId} />
      <dl className={classes.facts}>
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.asOf}>
        {t('freshness.asOf', { at: formatInstantExact(record.asOf.at, zone, language) })} ·{' '}
        {t('freshness.position', { position: record.asOf.position })}
      </p>
    </header>
  );
}

function RecordLink({ portalId, kind, id, text }: { portalId: string; kind: string; id: string; text?: string }) {
  const { t } = useSpeech();
  const moment = useMoment();
  const name = kindKey(kind);
  const label = `${text === undefined ? '' : `${text} `}${name === null ? kind : t(name, { n: 1 })} № ${id}`;
  if (!isRecordKind(kind)) return <span className={classes.link}>{label}</span>;
  return (
    <Link
      to="/portals/$portalId/records/$kind/$recordId"
      params={{ portalId, kind, recordId: id }}
      search={moment}
      className={classes.link}
    >
      {label}
    </Link>
  );
}
