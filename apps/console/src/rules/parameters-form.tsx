import { Autocomplete, Button, TagsInput, TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { ParameterValue, RuleParameter, RuleView } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { parameterText } from '../queue/fill-places.js';
import { useStageNames } from '../queue/use-cases.js';
import { changedOnly, draftOf, isSame, valueOf } from './parameter-draft.js';
import type { ParameterDraft } from './parameter-draft.js';
import { isEmpty } from './rule-order.js';
import classes from './rules-page.module.css';
import { useManageRules } from './use-rules.js';

/** The parameters of a rule: read, or set by whoever may. */
export function ParametersForm({
  portalId,
  rule,
  mayManage,
  onTry,
  isTrying,
}: {
  portalId: string;
  rule: RuleView;
  mayManage: boolean;
  /** Tries what is written on the history without saving it; null where that cannot be. */
  onTry: ((parameters: Record<string, ParameterValue>) => void) | null;
  isTrying: boolean;
}) {
  const { t } = useSpeech();
  const { setParameters } = useManageRules(portalId);
  const [drafts, setDrafts] = useState(() => draftsOf(rule.parameters));
  const values = new Map<string, ParameterValue | null>(
    rule.parameters.map(({ name, type, default: usual }) => [
      name,
      valueOf(type, drafts[name] ?? draftOf(type, usual)),
    ]),
  );
  const isValid = [...values.values()].every((value) => value !== null);
  const isChanged = rule.parameters.some(({ name, value }) => {
    const now = values.get(name) ?? null;
    return now === null || !isSame(now, value);
  });
  const written = () => {
    const ready: Record<string, ParameterValue> = {};
    for (const [name, value] of values) if (value !== null) ready[name] = value;
    return changedOnly(rule.parameters, ready);
  };
  const save = () => setParameters.mutate({ ruleId: rule.ruleId, parameters: written() });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid && isChanged) save();
      }}
    >
      {rule.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          portalId={portalId}
          parameter={parameter}
          draft={drafts[parameter.name] ?? draftOf(parameter.type, parameter.default)}
          value={values.get(parameter.name) ?? null}
          mayManage={mayManage}
          onChange={(draft) => setDrafts({ ...drafts, [parameter.name]: draft })}
        />
      ))}
      {setParameters.isError && <ProblemNote error={setParameters.error} />}
      {mayManage && (
        <div className={classes.actions}>
          <Button type="submit" size="xs" disabled={!isValid || !isChanged} loading={setParameters.isPending}>
            {t('rules.save')}
          </Button>
          {isChanged && onTry !== null && (
            <Button
              size="xs"
              variant="default"
              disabled={!isValid || isTrying}
              title={t('rules.tryNote')}
              onClick={() => onTry(written())}
            >
              {t('rules.try')}
            </Button>
          )}
          {isChanged && (
            <Button size="xs" variant="default" onClick={() => setDrafts(draftsOf(rule.parameters))}>
              {t('cancel')}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

function draftsOf(parameters: readonly RuleParameter[]): Record<string, ParameterDraft> {
  return Object.fromEntries(parameters.map(({ name, type, value }) => [name, draftOf(type, value)]));
}

type ParameterFieldProps = {
  portalId: string;
  parameter: RuleParameter;
  draft: ParameterDraft;
  /** What is written; null where it is no value. */
  value: ParameterValue | null;
  mayManage: boolean;
  onChange: (draft: ParameterDraft) => void;
};

function ParameterField(props: ParameterFieldProps) {
  const { parameter, draft, value, mayManage, onChange } = props;
  const { t, language } = useSpeech();
  const title = parameter.title[language];
  const usual = parameterText(parameter.default, language);
  const isUsual = value !== null && isSame(value, parameter.default);
  const isMissing = parameter.isRequired && (value === null || isEmpty(value));
  const label = (
    <>
      {title}
      {parameter.isRequired && <span className={classes.required}> {t('rules.required')}</span>}
    </>
  );
  if (!mayManage) {
    return (
      <div>
        <div className={classes.label}>{label}</div>
        <div className={classes.value}>{parameterText(parameter.value, language) || t('rules.notSet')}</div>
      </div>
    );
  }
  return (
    <div>
      <Field {...props} label={label} error={value === null ? t('rules.notAValue') : null} />
      <div className={classes.under}>
        {isMissing ? t('rules.needed') : t('rules.default', { value: usual === '' ? t('rules.notSet') : usual })}
        {!isUsual && (
          <UnstyledButton
            className={classes.reset}
            onClick={() => onChange(draftOf(parameter.type, parameter.default))}
          >
            {t('rules.reset')}
          </UnstyledButton>
        )}
      </div>
      {draft.type === 'map' || draft.type === 'lists' ? (
        <UnstyledButton
          className={classes.reset}
          onClick={() =>
            onChange(
              draft.type === 'map'
                ? { type: 'map', rows: [...draft.rows, { key: '', text: '' }] }
                : { type: 'lists', rows: [...draft.rows, { key: '', list: [] }] },
            )
          }
        >
          {t('rules.addRow')}
        </UnstyledButton>
      ) : null}
    </div>
  );
}

type FieldProps = ParameterFieldProps & { label: React.ReactNode; error: string | null };

function Field({ portalId, parameter, draft, label, error, onChange }: FieldProps) {
  const { t, language } = useSpeech();
  const stages = useStageNames(portalId);
  const title = parameter.title[language];
  const keyField = (key: string, index: number, onKey: (key: string) => void) => (
    <Autocomplete
      size="xs"
      aria-label={t('rules.key', { name: title, n: index + 1 })}
      value={key}
      placeholder={t('rules.keyNote')}
      onChange={onKey}
      data={[...stages.keys()]}
      renderOption={({ option }) => `${stages.get(option.value) ?? ''} (${option.value})`}
      limit={40}
    />
  );
  switch (draft.type) {
    case 'text':
      return (
        <TextInput
          size="xs"
          label={label}
          value={draft.text}
          error={error}
          inputMode={parameter.type === 'number' ? 'decimal' : 'text'}
          onChange={(event) => onChange({ type: 'text', text: event.currentTarget.value })}
          maxLength={500}
          autoComplete="off"
        />
      );
    case 'list':
      return (
        <TagsInput
          size="xs"
          label={label}
          value={[...draft.list]}
          onChange={(list) => onChange({ type: 'list', list })}
          placeholder={t('rules.listNote')}
          clearable={false}
        />
      );
    case 'map':
      return (
        <fieldset className={classes.rows}>
          <legend className={classes.label}>{label}</legend>
          {draft.rows.map((row, index) => {
            const set = (change: Partial<typeof row>) =>
              onChange({
                type: 'map',
                rows: draft.rows.map((each, at) => (at === index ? { ...each, ...change } : each)),
              });
            return (
              <div key={index} className={classes.pair}>
                {keyField(row.key, index, (key) => set({ key }))}
                <TextInput
                  size="xs"
                  aria-label={t('rules.value', { name: title, n: index + 1 })}
                  value={row.text}
                  onChange={(event) => set({ text: event.currentTarget.value })}
                  maxLength={200}
                />
                <DropRow
                  onDrop={() => onChange({ type: 'map', rows: draft.rows.filter((_row, at) => at !== index) })}
                />
              </div>
            );
          })}
          {error !== null && <p className={classes.error}>{error}</p>}
        </fieldset>
      );
    case 'lists':
      return (
        <fieldset className={classes.rows}>
          <legend className={classes.label}>{label}</legend>
          {draft.rows.map((row, index) => {
            const set = (change: Partial<typeof row>) =>
              onChange({
                type: 'lists',
                rows: draft.rows.map((each, at) => (at === index ? { ...each, ...change } : each)),
              });
            return (
              <div key={index} className={classes.pair}>
                {keyField(row.key, index, (key) => set({ key }))}
                <TagsInput
                  size="xs"
                  aria-label={t('rules.value', { name: title, n: index + 1 })}
                  value={[...row.list]}
                  onChange={(list) => set({ list })}
                  placeholder={row.list.length === 0 ? t('rules.listNote') : ''}
                />
                <DropRow
                  onDrop={() => onChange({ type: 'lists', rows: draft.rows.filter((_row, at) => at !== index) })}
                />
              </div>
            );
          })}
          {error !== null && <p className={classes.error}>{error}</p>}
        </fieldset>
      );
  }
}

function DropRow({ onDrop }: { onDrop: () => void }) {
  const { t } = useSpeech();
  return (
    <UnstyledButton className={classes.drop} onClick={onDrop} aria-label={t('rules.dropRow')}>
      ×
    </UnstyledButton>
  );
}
