import { Button, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Coaching } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './coachings-panel.module.css';
import { type CoachingStatus, useCoachings, useHandleCoaching } from './use-coachings.js';

type CoachingsPanelProps = { portalId: string; zone: string; titleOf: (ruleId: string) => string };

/** One talk with a person about a rule instead of one about each case: to hold, and held. */
export function CoachingsPanel({ portalId, zone, titleOf }: CoachingsPanelProps) {
  const { t } = useSpeech();
  const [status, setStatus] = useState<CoachingStatus>('open');
  const list = useCoachings(portalId, status, true);
  const handle = useHandleCoaching(portalId);
  return (
    <Panel
      id="coachings"
      title={t('coaching.title')}
      note={t('coaching.note')}
      flush
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('coaching.title')}
          value={status}
          onChange={(value) => setStatus(value === 'done' ? 'done' : 'open')}
          data={[
            { value: 'open', label: t('coaching.open') },
            { value: 'done', label: t('coaching.done') },
          ]}
        />
      }
    >
      {handle.error !== null && <ProblemNote error={handle.error} />}
      {list.data === undefined ? (
        list.isError ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : (
          <TableSkeleton rows={3} />
        )
      ) : list.data.items.length === 0 ? (
        <p className={classes.nothing}>{t(status === 'open' ? 'coaching.none' : 'coaching.noneDone')}</p>
      ) : (
        <CardTable label={t('coaching.title')} isDense>
          <thead>
            <tr>
              <th scope="col">{t('discipline.person')}</th>
              <th scope="col">{t('discipline.rule')}</th>
              <th scope="col">{t('coaching.cases')}</th>
              <th scope="col">{t(status === 'open' ? 'coaching.since' : 'coaching.heldAt')}</th>
              <th scope="col" aria-label={t('coaching.actions')} />
            </tr>
          </thead>
          <tbody>
            {list.data.items.map((each) => (
              <CoachingRow
                key={each.coachingId}
                {...{ portalId, zone, status }}
                coaching={each}
                title={titleOf(each.ruleId)}
                isBusy={handle.isPending && handle.variables.coachingId === each.coachingId}
                onHeld={(isHeld) => handle.mutate({ coachingId: each.coachingId, isHeld })}
              />
            ))}
          </tbody>
        </CardTable>
      )}
    </Panel>
  );
}

type CoachingRowProps = {
  portalId: string;
  zone: string;
  status: CoachingStatus;
  coaching: Coaching;
  title: string;
  isBusy: boolean;
  onHeld: (isHeld: boolean) => void;
};

function CoachingRow({ portalId, zone, status, coaching, title, isBusy, onHeld }: CoachingRowProps) {
  const { t, language } = useSpeech();
  const { person, ruleId, since, doneAt, cases } = coaching;
  const name = person.name ?? t('seller.nameless', { id: person.userId });
  const at = status === 'open' ? since : doneAt;
  return (
    <tr data-coaching={coaching.coachingId}>
      <th scope="row" data-main>
        {name}
      </th>
      <td data-label={t('discipline.rule')}>{title}</td>
      <td data-label={t('coaching.cases')} data-nowrap>
        <Link
          to="/portals/$portalId/queue"
          params={{ portalId }}
          search={{ lane: 'violations', rule: ruleId, person: person.userId }}
          preload={false}
        >
          {t('coaching.caseCount', { n: cases.length })}
        </Link>
      </td>
      <td data-label={t(status === 'open' ? 'coaching.since' : 'coaching.heldAt')} data-nowrap>
        {at === null ? '—' : formatInstant(at, zone, language)}
      </td>
      <td data-actions>
        <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => onHeld(status === 'open')}>
          {t(status === 'open' ? 'coaching.held' : 'coaching.takeBack')}
        </Button>
      </td>
    </tr>
  );
}
