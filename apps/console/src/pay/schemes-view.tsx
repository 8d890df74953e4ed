import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { useIndicators } from '../plan/use-plans.js';
import { useKeys } from '../shell/keyboard.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './pay-page.module.css';
import { SchemeEditor } from './scheme-editor.js';
import { SchemeSheet } from './scheme-sheet.js';
import { schemeState } from './scheme-words.js';
import { useSchemes } from './use-schemes.js';

type SchemesProps = {
  portalId: string;
  month: string;
  mayManage: boolean;
  own: readonly string[] | null;
  /** The scheme that is shown; the first one when null. */
  schemeId: string | null;
  onScheme: (schemeId: string | null) => void;
};

/** Schemes of a portal: what each pays and how far it has come; written and tried by those who manage pay. */
export function SchemesView({ portalId, month, mayManage, own, schemeId, onScheme }: SchemesProps) {
  const words = useSpeech();
  const { t } = words;
  const schemes = useSchemes(portalId);
  const indicators = useIndicators(portalId).data?.items;
  const [written, setWritten] = useState<'new' | 'this' | null>(null);
  useKeys(mayManage ? { KeyC: () => setWritten('new') } : {});
  if (schemes.data === undefined) {
    if (schemes.isError) return <ErrorState error={schemes.error} retry={() => void schemes.refetch()} />;
    return <TableSkeleton rows={6} />;
  }
  const { items } = schemes.data;
  const shown = items.find((scheme) => scheme.schemeId === schemeId) ?? items[0];
  if (written !== null && mayManage) {
    return (
      <SchemeEditor
        {...{ portalId, month, indicators }}
        known={written === 'this' ? (shown ?? null) : null}
        onDone={(saved) => {
          setWritten(null);
          if (saved !== null) onScheme(saved);
        }}
      />
    );
  }
  return (
    <>
      <div className={classes.schemeBar}>
        {items.length > 1 && (
          <div className={classes.schemeList} role="group" aria-label={t('pay.tab.schemes')}>
            {items.map((scheme) => (
              <Button
                key={scheme.schemeId}
                size="xs"
                variant={scheme === shown ? 'light' : 'default'}
                aria-pressed={scheme === shown}
                onClick={() => onScheme(scheme.schemeId)}
              >
                {scheme.versions.at(-1)?.scheme.name}
                <span className={classes.state}>{schemeState(scheme, words)}</span>
              </Button>
            ))}
          </div>
        )}
        {mayManage && (
          <Button size="xs" onClick={() => setWritten('new')}>
            {t('scheme.new')}
          </Button>
        )}
      </div>
      {shown === undefined ? (
        <EmptyState title={t('scheme.none')}>{t(mayManage ? 'scheme.noneText' : 'scheme.noneForYou')}</EmptyState>
      ) : (
        <SchemeSheet
          key={shown.schemeId}
          {...{ portalId, month, indicators, mayManage, own }}
          scheme={shown}
          onChange={() => setWritten('this')}
        />
      )}
    </>
  );
}
