import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useSpeech } from '../../i18n/i18n.js';
import { usePortal } from '../../portals/use-portals.js';
import { useRules } from '../../queue/use-cases.js';
import { useAccess } from '../../session/use-me.js';
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/states.js';
import { useRuleDetail } from '../use-own-rules.js';
import { blankRule, copyOf } from './rule-draft.js';
import { RuleEditor } from './rule-editor.js';

const editRoute = getRouteApi('/portals/$portalId/rules/$ruleId/edit');
const newRoute = getRouteApi('/portals/$portalId/rules/new');

/** A rule of the portal is written further, or one of the pack is written anew for it. */
export function EditRulePage() {
  const { portalId, ruleId } = editRoute.useParams();
  return <Writing portalId={portalId} ruleId={ruleId} like={undefined} />;
}

/** A rule is written that is not there yet, from nothing or from another one. */
export function NewRulePage() {
  const { portalId } = newRoute.useParams();
  const { like } = newRoute.useSearch();
  return <Writing portalId={portalId} ruleId={null} like={like} />;
}

function Writing({ portalId, ruleId, like }: { portalId: string; ruleId: string | null; like: string | undefined }) {
  const { t } = useSpeech();
  const portal = usePortal(portalId);
  const mayManage = useAccess().may('rules.manage', portalId);
  const rules = useRules(portalId);
  const from = ruleId ?? like;
  const detail = useRuleDetail(portalId, mayManage ? from : undefined);
  const title = ruleId ?? t('write.new');

  useEffect(() => {
    document.title = [title, t('rules.title'), portal?.name, 'Funnelwatch']
      .filter((part) => part !== undefined)
      .join(' · ');
  }, [t, title, portal?.name]);

  if (!mayManage) {
    return (
      <Alone>
        <EmptyState title={t('notAllowed.title')}>
          <Link to="/portals/$portalId/rules" params={{ portalId }} search={{}}>
            {t('rules.back')}
          </Link>
        </EmptyState>
      </Alone>
    );
  }
  const failed = rules.data === undefined && rules.isError ? rules : detail;
  if (failed.isError && failed.data === undefined) {
    return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  }
  if (rules.data === undefined || (from !== undefined && detail.data === undefined)) return <TableSkeleton rows={14} />;
  const known = detail.data;
  const written = known === undefined ? blankRule : (known.draft ?? known.definition);
  return (
    <RuleEditor
      key={from ?? ''}
      portalId={portalId}
      zone={portal?.zone ?? 'Europe/Moscow'}
      rules={rules.data.items}
      detail={ruleId === null ? undefined : known}
      start={ruleId === null && known !== undefined ? copyOf(written) : written}
    />
  );
}

const Alone = ({ children }: { children: ReactNode }) => <div>{children}</div>;
