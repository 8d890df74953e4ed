import { Button, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { AuditEntry } from '../api/schema.js';
import { formatInstantExact } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { kindKey } from '../portals/kind-names.js';
import { useAccess } from '../session/use-me.js';
import { CardTable } from '../ui/card-table.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { actionName } from './action-names.js';
import { objectOf } from './audit-object.js';
import classes from './audit-page.module.css';
import type { useAudit } from './use-audit.js';

type AuditListProps = {
  audit: ReturnType<typeof useAudit>;
  /** Of one portal: its name need not be said in each row. */
  isOfPortal: boolean;
  zone: string;
  people: ReadonlyMap<string, string>;
  isFiltered: boolean;
  onPerson: (accountId: string) => void;
};

/** Entries of the record, newest first; further ones are read on the way down. */
export function AuditList({ audit, isOfPortal, zone, people, isFiltered, onPerson }: AuditListProps) {
  const { t } = useSpeech();
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = audit;
  const mayReadOn = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;

  useEffect(() => {
    if (end.current === null || !mayReadOn) return;
    const watch = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting === true) void fetchNextPage();
      },
      { rootMargin: '600px' },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [mayReadOn, fetchNextPage]);

  if (audit.data === undefined) {
    return audit.isError ? (
      <ErrorState error={audit.error} retry={() => void audit.refetch()} />
    ) : (
      <TableSkeleton rows={12} />
    );
  }
  const entries = audit.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) {
    return isFiltered ? (
      <EmptyState title={t('audit.nothing')}>{t('audit.nothingDetail')}</EmptyState>
    ) : (
      <EmptyState title={t('audit.empty')} />
    );
  }
  return (
    <>
      <CardTable label={t('audit.title')}>
        <thead>
          <tr>
            <th scope="col">{t('audit.at')}</th>
            <th scope="col">{t('audit.actor')}</th>
            <th scope="col">{t('audit.action')}</th>
            <th scope="col">{t('audit.object')}</th>
            {!isOfPortal && <th scope="col">{t('audit.portal')}</th>}
            <th scope="col">{t('audit.result')}</th>
            <th scope="col">{t('audit.address')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <EntryRow
              key={entry.auditId}
              entry={entry}
              isOfPortal={isOfPortal}
              zone={zone}
              people={people}
              onPerson={onPerson}
            />
          ))}
        </tbody>
      </CardTable>
      <div ref={end} className={classes.end}>
        {isFetchingNextPage && <TableSkeleton rows={3} />}
        {isFetchNextPageError && (
          <Button size="xs" variant="default" onClick={() => void fetchNextPage()}>
            {t('audit.more')}
          </Button>
        )}
      </div>
    </>
  );
}

type EntryRowProps = Pick<AuditListProps, 'isOfPortal' | 'zone' | 'people' | 'onPerson'> & { entry: AuditEntry };

function EntryRow({ entry, isOfPortal, zone, people, onPerson }: EntryRowProps) {
  const { t, language } = useSpeech();
  const { code, ...details } = entry.details;
  const further = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
  return (
    <tr data-row tabIndex={-1}>
      <td data-nowrap className={classes.at}>
        <time dateTime={entry.at}>{formatInstantExact(entry.at, zone, language)}</time>
      </td>
      <td data-label={t('audit.actor')}>
        <Actor entry={entry} onPerson={onPerson} />
      </td>
      <th scope="row" className={classes.what} title={entry.action}>
        {actionName(entry.action, t)}
        {further.length > 0 && <span className={classes.under}>{further.join(', ')}</span>}
      </th>
      <td data-label={t('audit.object')} data-empty={entry.object === null || undefined}>
        <ObjectText entry={entry} people={people} />
      </td>
      {!isOfPortal && (
        <td data-label={t('audit.portal')} data-empty={entry.portalId === null || undefined}>
          {entry.portalName ?? (entry.portalId === null ? '' : t('accounts.portalGone'))}
        </td>
      )}
      <td data-label={t('audit.result')}>
        <span>
          <span className={classes.outcome} data-result={entry.result}>
            {t(`audit.${entry.result}`)}
          </span>
          {typeof code === 'string' && <code className={classes.code}>{code}</code>}
        </span>
      </td>
      <td data-label={t('audit.address')} data-empty={entry.address === null || undefined}>
        {entry.address}
      </td>
    </tr>
  );
}

function Actor({ entry, onPerson }: { entry: AuditEntry; onPerson: (accountId: string) => void }) {
  const { t } = useSpeech();
  const { actor, accountId, accountName } = entry;
  if (accountId !== null) {
    const name = accountName ?? t('audit.accountGone');
    return (
      <UnstyledButton
        className={classes.person}
        onClick={() => onPerson(accountId)}
        title={t('audit.onlyThem', { name })}
      >
        {name}
      </UnstyledButton>
    );
  }
  if (actor === 'command line') return t('audit.commandLine');
  return <span className={classes.nobody}>{t(actor === 'system' ? 'audit.system' : 'audit.nobody')}</span>;
}

function ObjectText({ entry, people }: { entry: AuditEntry; people: ReadonlyMap<string, string> }) {
  const { t } = useSpeech();
  const { may } = useAccess();
  if (entry.object === null) return null;
  const object = objectOf(entry.object);
  if ('listOf' in object) return t('audit.list', { n: object.listOf });
  if ('accountId' in object) {
    const name = people.get(object.accountId);
    return name ?? <code className={classes.id}>{object.accountId.slice(0, 8)}</code>;
  }
  if ('text' in object) return <code className={classes.id}>{object.text}</code>;
  const { kind, id } = object.record;
  const key = kindKey(kind);
  const text = `${key === null ? kind : t(key, { n: 1 })} №\u00a0${id}`;
  if (entry.portalId === null || !may('records.read', entry.portalId)) return text;
  return (
    <Link
      to="/portals/$portalId/records/$kind/$recordId"
      params={{ portalId: entry.portalId, kind, recordId: id }}
      preload={false}
    >
      {text}
    </Link>
  );
}
