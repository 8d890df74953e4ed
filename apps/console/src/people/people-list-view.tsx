import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PersonOfPortal, PortalRole } from '../api/schema.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { CardTable } from '../ui/card-table.js';
import { EmptyState } from '../ui/states.js';
import { InviteDialog } from './invite-dialog.js';
import { findPeople, peopleFilters, personKey } from './people-list.js';
import type { PeopleFilter } from './people-list.js';
import classes from './people-page.module.css';
import { PersonRow } from './person-row.js';
import type { PersonDialog } from './person-row.js';
import { RoleDialog } from './role-dialog.js';
import { WithdrawDialog } from './withdraw-dialog.js';

const ROWS_SHOWN = 50;
const ROWS_MORE = 200;

const filterNames = {
  all: 'people.all',
  withAccess: 'people.withAccess',
  invited: 'people.invited',
  without: 'people.without',
  suspended: 'people.suspended',
} as const satisfies Record<PeopleFilter, MessageKey>;

type PeopleListProps = {
  portalId: string;
  people: readonly PersonOfPortal[];
  grantable: readonly PortalRole[];
  zone: string;
};

/** The people of a portal to search in; as many rows as one looks at, more on demand. */
export function PeopleList({ portalId, people, grantable, zone }: PeopleListProps) {
  const { t } = useSpeech();
  const [wanted, setWanted] = useState('');
  const [filter, setFilter] = useState<PeopleFilter>('all');
  const [shown, setShown] = useState(ROWS_SHOWN);
  // Held here: a row may leave the list by what its dialog does, and a link is shown only once.
  const [open, setOpen] = useState<{ person: PersonOfPortal; dialog: PersonDialog } | null>(null);
  const close = () => setOpen(null);
  const found = findPeople(people, filter, wanted);
  const hidden = Math.max(0, found.length - shown);
  if (people.length === 0) {
    return (
      <section className={classes.list}>
        <EmptyState title={t('people.empty')}>{t('people.emptyDetail')}</EmptyState>
      </section>
    );
  }
  return (
    <section className={classes.list} aria-label={t('people.title')}>
      <div className={classes.tools} role="search">
        <TextInput
          className={classes.find ?? ''}
          label={t('people.find')}
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            setShown(ROWS_SHOWN);
          }}
          type="search"
          maxLength={100}
          autoComplete="off"
        />
        <Select
          className={classes.filter ?? ''}
          label={t('people.filter')}
          value={filter}
          onChange={(value) => {
            setFilter(peopleFilters.find((each) => each === value) ?? 'all');
            setShown(ROWS_SHOWN);
          }}
          data={peopleFilters.map((each) => ({ value: each, label: t(filterNames[each]) }))}
          allowDeselect={false}
        />
        <span className={classes.found} role="status">
          {found.length !== people.length && `${formatCount(found.length)} / ${formatCount(people.length)}`}
        </span>
      </div>
      {found.length === 0 ? (
        <EmptyState title={t('people.nobody')}>{t('people.nobodyDetail')}</EmptyState>
      ) : (
        <CardTable label={t('people.title')}>
          <thead>
            <tr>
              <th scope="col">{t('people.person')}</th>
              <th scope="col">{t('people.access')}</th>
              <th scope="col">{t('people.seen')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('people.invite')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((person) => (
              <PersonRow
                key={personKey(person)}
                person={person}
                grantable={grantable}
                zone={zone}
                onOpen={(dialog) => setOpen({ person, dialog })}
              />
            ))}
          </tbody>
        </CardTable>
      )}
      {hidden > 0 && (
        <div className={classes.more}>
          <Button size="xs" variant="default" onClick={() => setShown(shown + ROWS_MORE)}>
            {t('people.more', { n: Math.min(hidden, ROWS_MORE) })}
          </Button>
        </div>
      )}
      {open?.dialog === 'invite' && (
        <InviteDialog portalId={portalId} person={open.person} grantable={grantable} zone={zone} onClose={close} />
      )}
      {open?.dialog === 'role' && (
        <RoleDialog portalId={portalId} person={open.person} grantable={grantable} onClose={close} />
      )}
      {open?.dialog === 'withdraw' && <WithdrawDialog portalId={portalId} person={open.person} onClose={close} />}
    </section>
  );
}
