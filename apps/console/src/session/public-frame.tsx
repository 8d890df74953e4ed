import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { SchemeMenu } from '../shell/scheme-menu.js';
import { Logo } from '../ui/icons.js';
import classes from './public-frame.module.css';

/** What stands around a page for those who are not signed in: nothing that would need a role. */
export function PublicFrame({ children }: { children: ReactNode }) {
  const { t, language, setLanguage } = useSpeech();
  const other = language === 'ru' ? 'en' : 'ru';
  return (
    <div className={classes.frame}>
      <header className={classes.head} data-shell>
        <span className={classes.brand}>
          <Logo />
          Funnelwatch
        </span>
        <span className={classes.tools}>
          <UnstyledButton
            className={classes.tool}
            onClick={() => setLanguage(other)}
            aria-label={t('shell.language')}
            lang={other}
          >
            {other.toUpperCase()}
          </UnstyledButton>
          <SchemeMenu />
        </span>
      </header>
      <main id="page" className={classes.page}>
        {children}
      </main>
    </div>
  );
}
