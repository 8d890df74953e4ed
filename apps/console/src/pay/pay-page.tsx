import { ActionIcon } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { addMonths, dayIn, formatMonth } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePortal } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import { PageHead } from '../ui/page-head.js';
import { Tabs } from '../ui/tabs.js';
import { MonthOfPay } from './month-of-pay.js';
import classes from './pay-page.module.css';
import type { PaySearch } from './pay-search.js';
import { SchemesView } from './schemes-view.js';

const route = getRouteApi('/portals/$portalId/pay');

/** Pay: what a month brings to whom and how it is closed, and the schemes it goes by. */
export function PayPage() {
  const { t, language } = useSpeech();
  const { portalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const zone = portal?.zone ?? 'Europe/Moscow';
  const { may, ownUsersIn } = useAccess();
  const own = ownUsersIn(portalId);
  const mayManage = may('pay.manage', portalId);
  const month = search.month ?? dayIn(new Date(), zone).slice(0, 7);
  const view = search.view ?? 'month';
  const set = (next: PaySearch) => void navigate({ search: next, resetScroll: false });
  const go = (count: number) => set({ ...(search.view && { view: search.view }), month: addMonths(month, count) });
  const show = (next: 'month' | 'schemes') =>
    set({ ...(search.month && { month: search.month }), ...(next === 'schemes' && { view: next }) });
  useKeys({
    BracketLeft: () => go(-1),
    BracketRight: () => go(1),
    Digit1: () => show('month'),
    Digit2: () => show('schemes'),
  });
  const title = t(own !== null ? 'pay.own' : 'pay.title');
  useEffect(() => {
    document.title = [title, portal?.name, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [title, portal?.name]);
  return (
    <div className={classes.page}>
      <PageHead title={title} lead={t('pay.lead')}>
        <div className={classes.months}>
          <ActionIcon variant="default" aria-label={t('plan.monthBefore')} onClick={() => go(-1)}>
            ‹
          </ActionIcon>
          <span className={classes.month}>{formatMonth(month, language)}</span>
          <ActionIcon variant="default" aria-label={t('plan.monthAfter')} onClick={() => go(1)}>
            ›
          </ActionIcon>
        </div>
      </PageHead>
      <Tabs
        label={title}
        tabs={[
          { value: 'month', text: t('pay.tab.month'), key: '1' },
          { value: 'schemes', text: t(own !== null ? 'pay.tab.ownScheme' : 'pay.tab.schemes'), key: '2' },
        ]}
        value={view}
        controls="pay-view"
        onChange={show}
      />
      <div id="pay-view" role="tabpanel" aria-labelledby={`tab-${view}`} className={classes.view}>
        {view === 'month' ? (
          <MonthOfPay
            {...{ portalId, month, zone, mayManage, own }}
            slip={search.slip ?? null}
            onSlip={(slip) => {
              const { slip: _, ...rest } = search;
              set(slip === null ? rest : { ...rest, slip });
            }}
          />
        ) : (
          <SchemesView
            {...{ portalId, month, mayManage, own }}
            schemeId={search.scheme ?? null}
            onScheme={(scheme) => {
              const { scheme: _, ...rest } = search;
              set(scheme === null ? rest : { ...rest, scheme });
            }}
          />
        )}
      </div>
    </div>
  );
}
