import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import type { Portal } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { useLive } from '../live/live-changes.js';
import { CheckIcon, ChevronIcon, HelpIcon, Logo, MoonIcon } from '../ui/icons.js';
import classes from './header.module.css';

type HeaderProps = { portals: readonly Portal[]; portalId: string | undefined; onHelp: () => void };

/** Where one is, which portal, and the person's own settings. */
export function Header({ portals, portalId, onHelp }: HeaderProps) {
  const { t, language, setLanguage } = useSpeech();
  const location = useLocation();
  const isFunnel = location.pathname.endsWith('/funnel');
  const isPortals = location.pathname === '/portals';
  const isOperations = location.pathname === '/operations';
  const other = language === 'ru' ? 'en' : 'ru';
  return (
    <header className={classes.header} data-shell>
      <div className={classes.inner}>
        <Link to="/portals" className={classes.brand} aria-label="Funnelwatch">
          <Logo />
          <span className={classes.name}>Funnelwatch</span>
        </Link>
        <PortalSwitcher portals={portals} portalId={portalId} />
        <nav className={classes.nav} aria-label={t('shell.nav')}>
          {portalId !== undefined && (
            <Link
              to="/portals/$portalId/funnel"
              params={{ portalId }}
              className={classes.link}
              data-active={isFunnel || undefined}
              aria-current={isFunnel ? 'page' : undefined}
            >
              {t('nav.funnel')}
            </Link>
          )}
          <Link
            to="/portals"
            className={classes.link}
            data-active={isPortals || undefined}
            aria-current={isPortals ? 'page' : undefined}
          >
            {t('nav.portals')}
          </Link>
          <Link
            to="/operations"
            className={classes.link}
            data-active={isOperations || undefined}
            aria-current={isOperations ? 'page' : undefined}
          >
            {t('nav.operations')}
          </Link>
        </nav>
        <div className={classes.tools}>
          <LiveMark />
          <UnstyledButton
            className={classes.tool}
            onClick={() => setLanguage(other)}
            aria-label={t('shell.language')}
            lang={other}
            data-wide-only
          >
            {other.toUpperCase()}
          </UnstyledButton>
          <SchemeMenu />
          <UnstyledButton className={classes.tool} onClick={onHelp} aria-label={t('shell.help')} data-wide-only>
            <HelpIcon />
          </UnstyledButton>
        </div>
      </div>
    </header>
  );
}

function PortalSwitcher({ portals, portalId }: { portals: readonly Portal[]; portalId: string | undefined }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const current = portals.find((portal) => portal.portalId === portalId);
  if (portals.length === 0) return null;
  return (
    <Menu position="bottom-start" shadow="md" width={280}>
      <Menu.Target>
        <UnstyledButton className={classes.portal} aria-label={t('shell.portal', { name: current?.name ?? '' })}>
          <span className={classes.portalName}>{current?.name ?? t('shell.choosePortal')}</span>
          <ChevronIcon />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {portals.map((portal) => (
          <Menu.Item
            key={portal.portalId}
            leftSection={portal.portalId === portalId ? <CheckIcon /> : <span className={classes.noCheck} />}
            onClick={() =>
              void navigate({ to: '/portals/$portalId/funnel', params: { portalId: portal.portalId }, search: {} })
            }
          >
            <span className={classes.itemName}>{portal.name}</span>
            <span className={classes.itemHost}>{portal.host}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const liveTexts = {
  idle: null,
  connecting: 'live.connecting',
  live: 'live.live',
  lost: 'live.lost',
} as const satisfies Record<string, MessageKey | null>;

function LiveMark() {
  const { t } = useSpeech();
  const { state } = useLive();
  const text = liveTexts[state];
  if (text === null) return null;
  return (
    <span className={classes.live} data-state={state} title={t(text)}>
      <span className={classes.dot} aria-hidden />
      <span className={classes.liveText}>{t(text)}</span>
    </span>
  );
}

const schemes: readonly { value: MantineColorScheme; says: MessageKey }[] = [
  { value: 'auto', says: 'theme.auto' },
  { value: 'light', says: 'theme.light' },
  { value: 'dark', says: 'theme.dark' },
];

function SchemeMenu() {
  const { t, language, setLanguage } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = language === 'ru' ? 'en' : 'ru';
  return (
    <Menu position="bottom-end" shadow="md" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.tool} aria-label={t('shell.theme')}>
          <MoonIcon />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find((each) => each.value === value)?.value ?? 'auto')}
        >
          {schemes.map((each) => (
            <Menu.RadioItem key={each.value} value={each.value} closeMenuOnClick>
              {t(each.says)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => setLanguage(other)} lang={other}>
          {t('shell.language')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
