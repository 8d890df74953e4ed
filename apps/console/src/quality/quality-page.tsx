import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { usePortal } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import { Tabs } from '../ui/tabs.js';
import { AuditsTab } from './audits-tab.js';
import { CalibrationTab } from './calibration-tab.js';
import classes from './quality-page.module.css';
import { tabOf, tabs, tabsFor } from './quality-search.js';
import type { QualitySearch, QualityTab } from './quality-search.js';
import { ReviewsTab } from './reviews-tab.js';
import { ScoresTab } from './scores-tab.js';
import { SettingsTab } from './settings-tab.js';
import { useAudits, useSecondReviews } from './use-quality.js';

const route = getRouteApi('/portals/$portalId/quality');

/** How the control itself is controlled: second reviews, calibration, audits, scores of curators, and settings. */
export function QualityPage() {
  const { t } = useSpeech();
  const { portalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const { may } = useAccess();
  const zone = portal?.zone ?? 'Europe/Moscow';
  const open = tabsFor((permission) => may(permission, portalId));
  const tab = tabOf(search.tab, open);
  const reviews = useSecondReviews(portalId, open.includes('reviews')).data?.items.length;
  const audits = useAudits(portalId, 'open', open.includes('audits')).data?.length;
  const counts: Partial<Record<QualityTab, number | undefined>> = { reviews, audits };

  useEffect(() => {
    document.title = [t(`quality.tab.${tab}`), t('quality.title'), portal?.name, 'Funnelwatch']
      .filter((part) => part !== undefined)
      .join(' · ');
  }, [t, tab, portal?.name]);

  const show = (next: QualitySearch, isStep = false) =>
    void navigate({ search: next, replace: isStep, resetScroll: false });
  const toTab = (next: QualityTab) => open.includes(next) && show({ tab: next });
  useKeys(Object.fromEntries(tabs.map((each, at) => [`Shift+Digit${at + 1}`, () => toTab(each)])));
  return (
    <div className={classes.page}>
      <header>
        <h1 className={classes.title}>{t('quality.title')}</h1>
        <p className={classes.lead}>{t('quality.lead')}</p>
      </header>
      <Tabs
        label={t('quality.title')}
        tabs={open.map((each) => ({ value: each, text: t(`quality.tab.${each}`), count: counts[each] }))}
        value={tab}
        controls="quality-tab"
        onChange={toTab}
      />
      <div id="quality-tab" role="tabpanel" aria-labelledby={`tab-${tab}`} className={classes.tab}>
        {tab === 'reviews' && <ReviewsTab portalId={portalId} zone={zone} />}
        {tab === 'calibration' && <CalibrationTab portalId={portalId} zone={zone} />}
        {tab === 'audits' && (
          <AuditsTab
            portalId={portalId}
            zone={zone}
            state={search.audits ?? 'open'}
            auditId={search.audit}
            onState={(state) => show({ tab, ...(state === 'scored' && { audits: state }) })}
            onOpen={(audit) =>
              show({ tab, ...(search.audits && { audits: search.audits }), ...(audit !== undefined && { audit }) })
            }
          />
        )}
        {tab === 'scores' && (
          <ScoresTab portalId={portalId} zone={zone} search={search} onPeriod={(period) => show({ tab, ...period })} />
        )}
        {tab === 'settings' && <SettingsTab portalId={portalId} />}
      </div>
    </div>
  );
}
