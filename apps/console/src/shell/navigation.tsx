import { Menu, UnstyledButton } from '@mantine/core';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import type { Me } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ChevronIcon } from '../ui/icons.js';
import classes from './header.module.css';
import { navigationOf, sectionOf } from './sections.js';
import type { NavigationItem } from './sections.js';

/** So many sections fit beside everything else in the header of a usual window. */
const CROWDED = 7;

/** The sections one may open; in a narrow window those used less stand in a menu. */
export function Navigation({ me, portalId }: { me: Me; portalId: string | undefined }) {
  const { t } = useSpeech();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const items = navigationOf(me, portalId);
  const further = items.filter((item) => !item.isPrimary);
  const isActive = ({ to }: NavigationItem) => {
    const section = sectionOf(pathname);
    if (section !== null) return to === `/portals/$portalId/${section}`;
    // Whoever may read both reaches the record of all portals from that of one.
    return to === pathname || (pathname === '/audit' && to.endsWith('/audit'));
  };
  const params = { portalId: portalId ?? '' };
  return (
    <nav className={classes.nav} data-crowded={items.length > CROWDED || undefined} aria-label={t('shell.nav')}>
      {items.map((item) => (
        <Link
          key={item.to}
          to={item.to}
          params={params}
          className={classes.link}
          data-further={!item.isPrimary || undefined}
          data-active={isActive(item) || undefined}
          aria-current={isActive(item) ? 'page' : undefined}
        >
          {t(item.says)}
        </Link>
      ))}
      {further.length > 0 && (
        <Menu position="bottom-end" shadow="md" width={200}>
          <Menu.Target>
            <UnstyledButton
              className={`${classes.link} ${classes.more}`}
              data-active={further.some(isActive) || undefined}
            >
              {t('nav.more')} <ChevronIcon />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {further.map((item) => (
              <Menu.Item
                key={item.to}
                aria-current={isActive(item) ? 'page' : undefined}
                onClick={() => void navigate({ to: item.to, params })}
              >
                {t(item.says)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </nav>
  );
}
