import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { describeProblem } from '../api/problem.js';
import type { Portal, QuarantinedEvent } from '../api/schema.js';
import { formatDuration } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { isRecordKind, kindKey } from '../portals/kind-names.js';
import { useAccess } from '../session/use-me.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { streamsOf } from './quarantined-streams.js';
import type { QuarantinedStream } from './quarantined-streams.js';
import { useQuarantine, useRetryQuarantined } from './use-operations.js';
import classes from './quarantine-panel.module.css';

const STREAMS_SHOWN = 8;
const STREAMS_MORE = 25;

/** Events that could not be applied and what waits behind them; each can be tried again with its stream. */
export function QuarantinePanel({ portals }: { portals: readonly Portal[] }) {
  const { t, language } = useSpeech();
  const quarantine = useQuarantine();
  const retry = useRetryQuarantined();
  const mayRetry = useAccess().may('operations.act');
  const [shown, setShown] = useState(STREAMS_SHOWN);
  const streams = streamsOf(quarantine.data?.pages.flatMap((page) => page.items) ?? []);
  const showMore = () => {
    if (quarantine.hasNextPage && streams.length < shown + STREAMS_MORE) void quarantine.fetchNextPage();
    setShown(shown + STREAMS_MORE);
  };
  const problem = retry.isError ? describeProblem(retry.error, language, t) : null;
  return (
    <Panel title={t('quarantine.title')} note={t('quarantine.note')} flush>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {t('quarantine.notAsked')} {problem.sentence}
        </p>
      )}
      {quarantine.data === undefined ? (
        quarantine.isError ? (
          <ErrorState error={quarantine.error} retry={() => void quarantine.refetch()} />
        ) : (
          <TableSkeleton rows={3} />
        )
      ) : streams.length === 0 ? (
        <p className={classes.empty}>{t('quarantine.empty')}</p>
      ) : (
        <DataTable label={t('quarantine.title')}>
          <thead>
            <tr>
              <th scope="col">{t('quarantine.record')}</th>
              <th scope="col" data-left>
                {t('quarantine.reason')}
              </th>
              <th scope="col" data-left>
                {t('quarantine.event')}
              </th>
              <th scope="col">{t('quarantine.waiting')}</th>
              <th scope="col">{t('quarantine.attempts')}</th>
              <th scope="col">{t('quarantine.age')}</th>
              {mayRetry && (
                <th scope="col">
                  <span className="visually-hidden">{t('quarantine.retry')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {streams.slice(0, shown).map((stream) => (
              <StreamRow
                key={stream.key}
                stream={stream}
                portal={portals.find((portal) => portal.portalId === stream.first.portalId)}
                onRetry={mayRetry ? () => retry.mutate(stream.first.id) : null}
              />
            ))}
          </tbody>
        </DataTable>
      )}
      {(quarantine.hasNextPage || streams.length > shown) && (
        <div className={classes.more}>
          <Button size="xs" variant="default" loading={quarantine.isFetchingNextPage} onClick={showMore}>
            {t('records.more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

const reasons: Readonly<Record<string, MessageKey>> = {
  EVENT_TYPE_UNKNOWN: 'reason.EVENT_TYPE_UNKNOWN',
  EVENT_VERSION_UNKNOWN: 'reason.EVENT_VERSION_UNKNOWN',
  EVENT_UNDECODABLE: 'reason.EVENT_UNDECODABLE',
};

function StreamRow({
  stream,
  portal,
  onRetry,
}: {
  stream: QuarantinedStream;
  portal: Portal | undefined;
  onRetry: (() => void) | null;
}) {
  const { t, language } = useSpeech();
  const { first, waiting, isAsked } = stream;
  const known = first.reasonCode === null ? undefined : reasons[first.reasonCode];
  return (
    <tr data-row tabIndex={-1}>
      <th scope="row">
        <StreamLink event={first} />
        <span className={classes.under}>{portal?.name ?? first.portalId}</span>
      </th>
      <td data-left>
        {first.status === 'queued' ? t('quarantine.queued') : t(known ?? 'reason.other')}
        {first.reasonCode !== null && (
          <code className={classes.code} title={first.errorClass ?? undefined}>
            {first.reasonCode}
          </code>
        )}
      </td>
      <td data-left>
        {first.eventType}
        <span className={classes.under}>
          {first.projection} · {t('explain.position', { position: first.position })}
        </span>
      </td>
      <td>{waiting === 0 ? '—' : formatCount(waiting)}</td>
      <td>{formatCount(first.attempts)}</td>
      <td>{formatDuration(first.ageSeconds * 1000, language)}</td>
      {onRetry !== null && (
        <td>
          <Button size="compact-xs" variant="default" disabled={isAsked} onClick={onRetry}>
            {isAsked ? t('quarantine.asked') : t('quarantine.retry')}
          </Button>
        </td>
      )}
    </tr>
  );
}

/** The record that the event is about, where it is one. */
function StreamLink({ event }: { event: QuarantinedEvent }) {
  const { t } = useSpeech();
  const mayOpen = useAccess().may('records.read', event.portalId);
  const [kind = '', ...rest] = event.streamId.split(':');
  const recordId = rest.join(':');
  const name = kindKey(kind);
  if (!isRecordKind(kind) || name === null || recordId === '') return <>{event.streamId}</>;
  if (!mayOpen) return <>{`${t(name, { n: 1 })} №\u00a0${recordId}`}</>;
  return (
    <Link to="/portals/$portalId/records/$kind/$recordId" params={{ portalId: event.portalId, kind, recordId }}>
      {t(name, { n: 1 })} №{'\u00a0'}
      {recordId}
    </Link>
  );
}
