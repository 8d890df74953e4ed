import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useAccounts } from '../accounts/use-accounts.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePeople } from '../people/use-people.js';
import { usePortal } from '../portals/use-portals.js';
import { portalOf } from '../session/access.js';
import { useAccess } from '../session/use-me.js';
import { AuditFilters } from './audit-filters.js';
import type { KnownPerson } from './audit-filters.js';
import { AuditList } from './audit-list.js';
import classes from './audit-page.module.css';
import type { AuditSearch } from './audit-search.js';
import { exportAddress, useAudit } from './use-audit.js';

const allRoute = getRouteApi('/audit');
const portalRoute = getRouteApi('/portals/$portalId/audit');

/** What was done in all portals. */
export function AuditPage() {
  const { may } = useAccess();
  const navigate = allRoute.useNavigate();
  const accounts = useAccounts(may('accounts.manage'));
  return (
    <AuditView
      portalId={null}
      zone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      search={allRoute.useSearch()}
      onSearch={(search) => void navigate({ search, resetScroll: false })}
      people={accounts.data?.items ?? []}
    />
  );
}

/** What was done to and in one portal. */
export function PortalAuditPage() {
  const { portalId } = portalRoute.useParams();
  const navigate = portalRoute.useNavigate();
  const people = usePeople(portalId);
  return (
    <AuditView
      portalId={portalId}
      zone={usePortal(portalId)?.zone ?? 'Europe/Moscow'}
      search={portalRoute.useSearch()}
      onSearch={(search) => void navigate({ search, resetScroll: false })}
      people={people.data?.items.flatMap(({ account }) => account ?? []) ?? []}
    />
  );
}

type AuditViewProps = {
  portalId: string | null;
  zone: string;
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
  people: readonly KnownPerson[];
};

function AuditView({ portalId, zone, search, onSearch, people }: AuditViewProps) {
  const { t } = useSpeech();
  const { me, may } = useAccess();
  const audit = useAudit(portalId, search, zone);
  const portalName = portalId === null ? undefined : portalOf(me, portalId)?.name;

  useEffect(() => {
    document.title = [t('audit.title'), portalName, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [t, portalName]);

  const entries = audit.data?.pages.flatMap((page) => page.items) ?? [];
  // Whoever did something here may have no role here any more.
  const known = new Map(people.map(({ accountId, name }) => [accountId, name]));
  for (const { accountId, accountName } of entries) {
    if (accountId !== null && accountName !== null) known.set(accountId, accountName);
  }
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1 className={classes.title}>{t('audit.title')}</h1>
          <p className={classes.about}>
            {portalId === null ? t('audit.ofAll') : t('audit.ofPortal', { portal: portalName ?? '' })}
          </p>
        </div>
        <div className={classes.aside}>
          {portalId !== null && may('audit.readAll') && (
            <Link to="/audit" className={classes.all}>
              {t('audit.toAll')}
            </Link>
          )}
          <Button
            size="xs"
            variant="default"
            component="a"
            href={exportAddress(portalId, search, zone)}
            download="audit.csv"
          >
            {t('audit.export')}
          </Button>
        </div>
      </header>
      <section className={classes.list} aria-label={t('audit.title')}>
        <AuditFilters search={search} onSearch={onSearch} people={known} />
        <AuditList
          audit={audit}
          isOfPortal={portalId !== null}
          zone={zone}
          people={known}
          isFiltered={Object.keys(search).length > 0}
          onPerson={(accountId) => onSearch({ ...search, accountId })}
        />
      </section>
    </div>
  );
}
