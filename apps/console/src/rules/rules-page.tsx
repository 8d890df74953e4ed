import { Button, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { usePortal } from '../portals/use-portals.js';
import { useRules } from '../queue/use-cases.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { DifferencesPanel } from './differences/differences-panel.js';
import { RuleDetail } from './rule-detail.js';
import { RuleList } from './rule-list.js';
import { groupRules, stateOf } from './rule-order.js';
import classes from './rules-page.module.css';
import { SilencesPanel } from './silences-panel.js';

const route = getRouteApi('/portals/$portalId/rules');

/** The rules of a portal: what they say, whether they are on, how precise they are. */
export function RulesPage() {
  const { t, language } = useSpeech();
  const { portalId } = route.useParams();
  const { rule: ruleId, backtest: backtestId } = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const mayManage = useAccess().may('rules.manage', portalId);
  const rules = useRules(portalId);
  const isNarrow = useMediaQuery('(max-width: 980px)') ?? false;
  const find = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState('');
  const zone = portal?.zone ?? 'Europe/Moscow';
  const items = rules.data?.items ?? [];
  const groups = groupRules(items, wanted, language);
  const chosen = items.find((rule) => rule.ruleId === ruleId) ?? (isNarrow ? undefined : groups[0]?.rules[0]);

  useEffect(() => {
    document.title = [t('rules.title'), portal?.name, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [t, portal?.name]);

  // Whoever comes by a link to a rule finds it in the list, too.
  const linked = useRef(ruleId);
  const isRead = rules.data !== undefined;
  useEffect(() => {
    if (isRead && linked.current !== undefined) {
      document.getElementById(`rule-${linked.current}`)?.scrollIntoView({ block: 'center' });
      linked.current = undefined;
    }
  }, [isRead]);

  const open = (rule: string | undefined) =>
    void navigate({ search: rule === undefined ? {} : { rule }, replace: !isNarrow, resetScroll: isNarrow });
  const move = (step: 1 | -1) => {
    const shown = groups.flatMap((group) => group.rules);
    const at = shown.findIndex((rule) => rule.ruleId === chosen?.ruleId);
    const next = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
    if (next === undefined) return;
    open(next.ruleId);
    document.getElementById(`rule-${next.ruleId}`)?.scrollIntoView({ block: 'nearest' });
  };
  useKeys(
    {
      Slash: () => find.current?.focus(),
      KeyJ: () => move(1),
      KeyK: () => move(-1),
      ...(isNarrow && chosen !== undefined && { Escape: () => open(undefined) }),
    },
    { isFirst: true },
  );

  const active = items.filter((rule) => stateOf(rule) === 'active').length;
  const isDetailAlone = isNarrow && chosen !== undefined;
  return (
    <div className={classes.page}>
      {!isDetailAlone && (
        <header className={classes.head}>
          <div>
            <h1 className={classes.title}>{t('rules.title')}</h1>
            {rules.data !== undefined && (
              <p className={classes.lead}>{t('rules.summary', { n: items.length, active: String(active) })}</p>
            )}
          </div>
          <a className={classes.toSilences} href="#silences">
            {t('rules.toSilences', { n: rules.data?.silences.length ?? 0 })}
          </a>
          <TextInput
            ref={find}
            size="xs"
            type="search"
            className={classes.find ?? ''}
            aria-label={t('rules.find')}
            placeholder={t('rules.find')}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
            maxLength={80}
            autoComplete="off"
          />
          {mayManage && (
            <Button
              size="xs"
              renderRoot={(props) => (
                <Link {...props} to="/portals/$portalId/rules/new" params={{ portalId }} search={{}} />
              )}
            >
              {t('write.new')}
            </Button>
          )}
        </header>
      )}
      {rules.data === undefined ? (
        rules.isError ? (
          <ErrorState error={rules.error} retry={() => void rules.refetch()} />
        ) : (
          <TableSkeleton rows={14} />
        )
      ) : (
        <div className={classes.columns}>
          {!isDetailAlone && (
            <div className={classes.lists}>
              <DifferencesPanel portalId={portalId} rules={items} mayManage={mayManage} />
              <RuleList groups={groups} chosen={chosen?.ruleId} onOpen={open} />
              <SilencesPanel
                portalId={portalId}
                silences={rules.data.silences}
                rules={items}
                zone={zone}
                mayManage={mayManage}
              />
            </div>
          )}
          {chosen !== undefined && (
            <RuleDetail
              key={chosen.ruleId}
              portalId={portalId}
              rule={chosen}
              packId={rules.data.pack?.id ?? 'base'}
              zone={zone}
              mayManage={mayManage}
              backtestId={backtestId}
              onBacktest={(backtest) =>
                void navigate({ search: { rule: chosen.ruleId, backtest }, replace: true, resetScroll: false })
              }
              onBack={isNarrow ? () => open(undefined) : null}
            />
          )}
        </div>
      )}
    </div>
  );
}
