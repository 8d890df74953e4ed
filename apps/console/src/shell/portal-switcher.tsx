import { Menu, UnstyledButton } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Me } from '../api/schema.js';
import { readFunnelSearch } from '../funnel/funnel-search.js';
import { useSpeech } from '../i18n/i18n.js';
import { CheckIcon, ChevronIcon } from '../ui/icons.js';
import classes from './header.module.css';
import { remember } from './browser-memory.js';
import { sectionAfterSwitch, sectionOf } from './sections.js';

/** From so many on a list is searched rather than read. */
const SEARCHED_FROM = 8;

/** Which portal is looked at; another one is shown at the same section. */
export function PortalSwitcher({ me, portalId }: { me: Me; portalId: string | undefined }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const [wanted, setWanted] = useState('');
  const current = me.portals.find((portal) => portal.portalId === portalId);
  if (me.portals.length === 0) return null;

  const open = (next: string) => {
    const section = sectionAfterSwitch(me, pathname, next);
    remember('portal', next);
    const params = { portalId: next };
    if (section === null) return void navigate({ to: '/portals' });
    if (section !== 'funnel') return void navigate({ to: `/portals/$portalId/${section}`, params });
    // Pipelines, sellers and records are the portal's own; the view is not.
    const view = sectionOf(pathname) === 'funnel' && 'view' in search ? readFunnelSearch(search).view : undefined;
    return void navigate({
      to: '/portals/$portalId/funnel',
      params,
      search: view === undefined ? {} : { view },
    });
  };
  const word = wanted.trim().toLocaleLowerCase();
  const shown = me.portals.filter(({ name, host }) => `${name} ${host}`.toLocaleLowerCase().includes(word));
  return (
    <Menu position="bottom-start" shadow="md" width={300}>
      <Menu.Target>
        <UnstyledButton className={classes.portal} aria-label={t('shell.portal', { name: current?.name ?? '' })}>
          <span className={classes.portalName}>{current?.name ?? t('shell.choosePortal')}</span>
          <ChevronIcon />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {me.portals.length >= SEARCHED_FROM && (
          <Menu.Search
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            placeholder={t('shell.findPortal')}
            aria-label={t('shell.findPortal')}
          />
        )}
        <div className={classes.portals}>
          {shown.length === 0 && <Menu.Label>{t('toolbar.nothing')}</Menu.Label>}
          {shown.map((portal) => (
            <Menu.Item
              key={portal.portalId}
              leftSection={portal.portalId === portalId ? <CheckIcon /> : <span className={classes.noCheck} />}
              onClick={() => open(portal.portalId)}
            >
              <span className={classes.itemName}>{portal.name}</span>
              <span className={classes.itemHost}>{portal.host}</span>
            </Menu.Item>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
