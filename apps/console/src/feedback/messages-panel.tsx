import { Button, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { PortalMessage } from '../api/schema.js';
import { formatInstantExact } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import { recordText } from '../queue/case-words.js';
import { useNow } from '../queue/use-now.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './feedback-page.module.css';
import { listedStates } from './feedback-search.js';
import type { ListedState } from './feedback-search.js';
import { MessageActions, MessageState } from './message-line.js';
import { usePortalMessages } from './use-feedback.js';

const CLOCK_MS = 30_000;

type MessagesPanelProps = {
  portalId: string;
  zone: string;
  state: ListedState | undefined;
  onState: (state: ListedState | undefined) => void;
};

/** What was and will be written into the portal, and what became of it. */
export function MessagesPanel({ portalId, zone, state, onState }: MessagesPanelProps) {
  const { t } = useSpeech();
  const messages = usePortalMessages(portalId, state);
  const items = messages.data?.pages.flatMap((page) => page.items);
  return (
    <Panel
      flush
      id="messages"
      title={t('messages.title')}
      note={t('messages.note')}
      aside={
        <NativeSelect
          size="xs"
          aria-label={t('messages.state')}
          data={[
            { value: '', label: t('messages.any') },
            ...listedStates.map((value) => ({ value, label: t(`messages.state.${value}`) })),
          ]}
          value={state ?? ''}
          onChange={({ currentTarget: { value } }) => onState(listedStates.find((each) => each === value))}
        />
      }
    >
      {items === undefined ? (
        messages.isError ? (
          <ErrorState error={messages.error} retry={() => void messages.refetch()} />
        ) : (
          <TableSkeleton rows={6} />
        )
      ) : items.length === 0 ? (
        state === undefined ? (
          <EmptyState title={t('messages.none')}>{t('messages.noneText')}</EmptyState>
        ) : (
          <EmptyState title={t('messages.noneOfState')} />
        )
      ) : (
        <MessageTable portalId={portalId} zone={zone} items={items} />
      )}
      {messages.hasNextPage && (
        <div className={classes.more}>
          <Button
            size="xs"
            variant="default"
            loading={messages.isFetchingNextPage}
            onClick={() => void messages.fetchNextPage()}
          >
            {t('messages.more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function MessageTable({ portalId, zone, items }: { portalId: string; zone: string; items: readonly PortalMessage[] }) {
  const { t, language } = useSpeech();
  const nowMs = useNow(CLOCK_MS);
  return (
    <CardTable label={t('messages.title')}>
      <thead>
        <tr>
          <th scope="col">{t('messages.to')}</th>
          <th scope="col">{t('messages.about')}</th>
          <th scope="col">{t('messages.channel')}</th>
          <th scope="col">{t('messages.when')}</th>
          <th scope="col">{t('messages.became')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('messages.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((message) => (
          <tr key={message.messageId}>
            <th scope="row" data-main className={classes.who}>
              {message.to.name ?? t('seller.nameless', { id: message.to.userId })}
            </th>
            <td data-label={t('messages.about')} data-nowrap>
              {message.caseId === null ? (
                recordText(message.about, t)
              ) : (
                <Link
                  to="/portals/$portalId/queue"
                  params={{ portalId }}
                  search={{ case: message.caseId }}
                  preload={false}
                  aria-label={t('messages.openCase', { record: recordText(message.about, t) })}
                >
                  {recordText(message.about, t)}
                </Link>
              )}
            </td>
            <td data-label={t('messages.channel')}>{t(`channel.${message.channel}`)}</td>
            <td data-label={t('messages.when')} data-nowrap>
              <time dateTime={message.createdAt} title={formatInstantExact(message.createdAt, zone, language)}>
                {formatMoment(message.createdAt, zone, language, nowMs)}
              </time>
            </td>
            <td data-label={t('messages.became')}>
              <div>
                <MessageState message={message} zone={zone} />
              </div>
            </td>
            <td data-actions data-wide>
              <MessageActions portalId={portalId} message={message} />
            </td>
          </tr>
        ))}
      </tbody>
    </CardTable>
  );
}
