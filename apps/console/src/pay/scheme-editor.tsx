import { Button, SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Indicator, MotivationScheme, Scheme } from '../api/schema.js';
import { SellersSelect } from '../funnel/sellers-select.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { Panel } from '../ui/panel.js';
import classes from './pay-page.module.css';
import { type SchemeDraft, schemeDraftOf, schemeOf } from './scheme-draft.js';
import { CommissionFields, PointsFields } from './scheme-fields.js';
import { SchemeSheetDialog } from './scheme-sheet-dialog.js';
import { SchemeFindings } from './scheme-sheet.js';
import { SimulationPanel } from './simulation-panel.js';
import { useManageSchemes, useSchemePreview } from './use-schemes.js';

const RESTS_MS = 400;

/** Fields of a draft that stand alone. */
type TextName =
  'name' | 'salary' | 'floor' | 'cap' | 'teamBonus' | 'teamBonusFrom' | 'qualityLeast' | 'qualityMost' | 'draw';

type EditorProps = {
  portalId: string;
  month: string;
  indicators: readonly Indicator[] | undefined;
  /** What is written over, or followed by a version; null for a new scheme. */
  known: Scheme | null;
  /** With the scheme that was saved; null when nothing was. */
  onDone: (schemeId: string | null) => void;
};

/** Writes a scheme by fields or as text, says what is wrong with it, and tries it on recorded months. */
export function SchemeEditor({ portalId, month, indicators, known, onDone }: EditorProps) {
  const { t } = useSpeech();
  const manage = useManageSchemes(portalId);
  const latest = known?.versions.at(-1);
  const [draft, setDraft] = useState<SchemeDraft>(() =>
    schemeDraftOf(latest?.scheme ?? null, latest?.signatures.map(({ userId }) => userId) ?? []),
  );
  const [text, setText] = useState<string | null>(null);
  const [isFromSheet, setFromSheet] = useState(false);
  const change = (part: Partial<SchemeDraft>) => setDraft({ ...draft, ...part });
  const { scheme, unreadable } = schemeOf(draft);
  const [rested] = useDebouncedValue(scheme, RESTS_MS);
  const preview = useSchemePreview(portalId, rested);
  const fieldError = (name: string, isEmpty: boolean) => !isEmpty && unreadable.includes(name) && t('plan.unreadable');
  const written = text === null ? null : parsedScheme(text);
  const field = (name: TextName, says: Parameters<typeof t>[0], props: object = {}) => (
    <TextInput
      size="xs"
      label={t(says)}
      value={draft[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      error={fieldError(name, draft[name].trim() === '')}
      {...props}
    />
  );
  return (
    <>
      <Panel
        title={t(known === null ? 'scheme.new' : 'scheme.change')}
        note={t('scheme.editorNote')}
        aside={
          <span className={classes.files}>
            <Button size="xs" variant="default" onClick={() => setFromSheet(true)}>
              {t('sheet.open')}
            </Button>
            <SegmentedControl
              size="xs"
              data={[
                { value: 'form', label: t('scheme.form') },
                { value: 'text', label: t('scheme.asText') },
              ]}
              value={text === null ? 'form' : 'text'}
              onChange={(value) => setText(value === 'text' ? JSON.stringify(scheme ?? draft.rest, null, 2) : null)}
            />
          </span>
        }
      >
        {text === null ? (
          <div className={classes.form}>
            {field('name', 'scheme.name', { 'data-autofocus': true })}
            {field('salary', 'scheme.salary', { inputMode: 'decimal' })}
            {field('floor', 'scheme.floor', { inputMode: 'decimal' })}
            {field('cap', 'scheme.cap', { inputMode: 'decimal' })}
            <SellersSelect
              portalId={portalId}
              className={classes.wide ?? ''}
              label={t('scheme.whom')}
              value={draft.sellerIds}
              onChange={(sellerIds) => change({ sellerIds })}
            />
            <Switch
              size="sm"
              className={classes.wide ?? ''}
              label={t('scheme.hasPoints')}
              checked={draft.hasPoints}
              onChange={(event) => change({ hasPoints: event.currentTarget.checked })}
            />
            {draft.hasPoints && <PointsFields {...{ draft, change, indicators, fieldError }} />}
            <Switch
              size="sm"
              className={classes.wide ?? ''}
              label={t('scheme.hasCommission')}
              checked={draft.hasCommission}
              onChange={(event) => change({ hasCommission: event.currentTarget.checked })}
            />
            {draft.hasCommission && <CommissionFields {...{ draft, change, fieldError }} />}
            <details className={classes.wide}>
              <summary className={classes.soft}>{t('scheme.more')}</summary>
              <div className={classes.form}>
                {field('teamBonus', 'scheme.teamBonus', { inputMode: 'decimal' })}
                {field('teamBonusFrom', 'scheme.teamBonusFrom', { inputMode: 'decimal' })}
                {field('draw', 'scheme.draw', { inputMode: 'decimal' })}
                <Switch
                  size="sm"
                  label={t('scheme.drawBack')}
                  checked={draft.isDrawRecoverable}
                  onChange={(event) => change({ isDrawRecoverable: event.currentTarget.checked })}
                />
                <Select
                  size="xs"
                  label={t('scheme.quality')}
                  data={(['none', 'salary', 'commission', 'all'] as const).map((value) => ({
                    value,
                    label: t(`scheme.quality.${value}`),
                  }))}
                  value={draft.quality}
                  onChange={(value) => change({ quality: value ?? 'none' })}
                  allowDeselect={false}
                />
                {draft.quality !== 'none' && field('qualityLeast', 'scheme.qualityLeast', { inputMode: 'decimal' })}
                {draft.quality !== 'none' && field('qualityMost', 'scheme.qualityMost', { inputMode: 'decimal' })}
              </div>
            </details>
          </div>
        ) : (
          <Textarea
            label={t('scheme.text')}
            description={t('scheme.textNote')}
            value={text}
            autosize
            minRows={16}
            maxRows={40}
            spellCheck={false}
            classNames={{ input: classes.code ?? '' }}
            error={written === null && t('scheme.notJson')}
            onChange={(event) => {
              const next = event.currentTarget.value;
              setText(next);
              const parsed = parsedScheme(next);
              if (parsed !== null) setDraft(schemeDraftOf(parsed, draft.sellerIds));
            }}
          />
        )}
        <div className={classes.editorActions}>
          <Button
            size="xs"
            disabled={scheme === null || (text !== null && written === null)}
            loading={manage.write.isPending}
            onClick={() => {
              if (scheme === null) return;
              const body = { scheme, sellerIds: [...draft.sellerIds] };
              manage.write.mutate(
                { schemeId: known?.schemeId ?? null, body },
                { onSuccess: ({ schemeId }) => onDone(schemeId) },
              );
            }}
          >
            {t('scheme.save')}
          </Button>
          <Button size="xs" variant="default" onClick={() => onDone(null)}>
            {t('cancel')}
          </Button>
        </div>
        {[manage.write, preview].map(({ error }, place) => error && <ProblemNote key={place} error={error} />)}
      </Panel>
      {preview.data !== undefined && <SchemeFindings findings={preview.data.findings} indicators={indicators} />}
      {isFromSheet && (
        <SchemeSheetDialog
          portalId={portalId}
          schemeId={known?.schemeId ?? null}
          onUse={(imported, sellerIds) => {
            setDraft(schemeDraftOf(imported, sellerIds.length > 0 ? sellerIds : draft.sellerIds));
            setText(null);
            setFromSheet(false);
          }}
          onClose={() => setFromSheet(false)}
        />
      )}
      <SimulationPanel {...{ portalId, month, scheme }} sellerIds={draft.sellerIds} />
    </>
  );
}

/** A scheme as somebody types it; null while it is no JSON object with a salary. The API says what else is wrong. */
function parsedScheme(text: string): MotivationScheme | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'salary' in value ? (value as MotivationScheme) : null;
  } catch {
    return null;
  }
}
