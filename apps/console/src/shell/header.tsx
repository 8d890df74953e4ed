import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Me } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { useLive } from '../live/live-changes.js';
import { HelpIcon, Logo } from '../ui/icons.js';
import { AccountMenu } from './account-menu.js';
import classes from './header.module.css';
import { Navigation } from './navigation.js';
import { PortalSwitcher } from './portal-switcher.js';
import { SchemeMenu } from './scheme-menu.js';

type HeaderProps = { me: Me; portalId: string | undefined; onHelp: () => void };

/** Where one is, which portal, and the person's own settings. */
export function Header({ me, portalId, onHelp }: HeaderProps) {
  const { t, language, setLanguage } = useSpeech();
  const other = language === 'ru' ? 'en' : 'ru';
  return (
    <header className={classes.header} data-shell>
      <div className={classes.inner}>
        <Link to="/" className={classes.brand} aria-label="Funnelwatch">
          <Logo />
          <span className={classes.name}>Funnelwatch</span>
        </Link>
        <PortalSwitcher me={me} portalId={portalId} />
        <Navigation me={me} portalId={portalId} />
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
          <AccountMenu me={me} portalId={portalId} />
        </div>
      </div>
    </header>
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
