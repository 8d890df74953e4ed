import { Button, UnstyledButton } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.js';
import type { PackLayerName, RuleView } from '../../api/schema.js';
import { useSpeech } from '../../i18n/i18n.js';
import type { Translate } from '../../i18n/i18n.js';
import { Panel } from '../../ui/panel.js';
import { ErrorState } from '../../ui/states.js';
import { ruleDetailQuery } from '../use-own-rules.js';
import { Diff } from './diff-table.js';
import { layerOf } from './diff-values.js';
import classes from './differences.module.css';

/** A layer by its id and version; the portal's decisions are no version that anybody counts. */
export const layerText = ({ id, version }: PackLayerName, t: Translate): string =>
  id === 'portal' ? t('differences.portal') : t('differences.layer', { id, version: String(version) });

type DifferencesPanelProps = { portalId: string; rules: readonly RuleView[]; mayManage: boolean };

/** What the portal has differently from the pack: how much at first sight, field by field when it is opened. */
export function DifferencesPanel({ portalId, rules, mayManage }: DifferencesPanelProps) {
  const { t } = useSpeech();
  const [isOpen, setIsOpen] = useState(() => window.location.hash === '#differences');
  const read = useQuery({
    queryKey: ['cases', portalId, 'pack-diff'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/pack-diff', { params: { path: { portalId }, query: {} }, signal })),
    staleTime: 20_000,
  });
  const changed = read.data?.diff.changed ?? [];
  const details = useQueries({
    queries: (isOpen ? changed : []).map(({ ruleId }) => ruleDetailQuery(portalId, ruleId)),
  });
  const origins = new Map(
    details.flatMap(({ data }) => (data === undefined ? [] : [[data.rule.ruleId, data.origins] as const])),
  );
  if (read.data === undefined)
    return read.isError ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : null;
  const { layers, diff } = read.data;
  const nameOf = (id: string | undefined) => {
    const layer = layers.find((each) => each.id === id);
    return layer === undefined ? null : layerText(layer, t);
  };
  const [pack] = layers;
  const counts = [
    changed.length > 0 && t('differences.changed', { n: changed.length }),
    diff.added.length > 0 && t('differences.added', { n: diff.added.length }),
    diff.removed.length > 0 && t('differences.removed', { n: diff.removed.length }),
  ].filter((part) => part !== false);
  return (
    <Panel
      id="differences"
      title={t('differences.title')}
      note={
        <>
          {counts.length === 0 ? t('differences.none') : `${counts.join(', ')}.`}{' '}
          <span className={classes.soft}>
            {t('differences.layers', { layers: layers.map((layer) => layerText(layer, t)).join(' → ') })}
          </span>
        </>
      }
      aside={
        <>
          {mayManage && (
            <Link className={classes.aside} to="/portals/$portalId/rules/preview" params={{ portalId }}>
              {t('differences.toPreview')}
            </Link>
          )}
          {counts.length > 0 && (
            <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
              {t(isOpen ? 'differences.hide' : 'differences.show')}
            </Button>
          )}
        </>
      }
    >
      {isOpen && counts.length > 0 && (
        <>
          <Diff
            {...{ portalId, diff, rules }}
            before={t('differences.inPack')}
            after={t('differences.inPortal')}
            added={t('differences.ownRules')}
            removed={t('differences.goneRules')}
            layers={(ruleId, path) => ({
              before: nameOf(pack?.id),
              after: nameOf(layerOf(path, origins.get(ruleId) ?? {}) ?? 'portal'),
            })}
          />
          <UnstyledButton className={classes.less} onClick={() => setIsOpen(false)}>
            {t('differences.hide')}
          </UnstyledButton>
        </>
      )}
    </Panel>
  );
}
