import { Button, Checkbox, Select, TagsInput, TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n/i18n.js';
import { valueOf } from '../parameter-draft.js';
import { faultsOf } from './faults.js';
import { faultText } from './fault-words.js';
import type { FormProps } from './form-fields.js';
import { textAt, valueAt, withValue } from './rule-draft.js';
import type { RuleDraft } from './rule-draft.js';
import classes from './write-rule.module.css';

const types = ['number', 'text', 'list', 'map', 'lists'] as const;
type Type = (typeof types)[number];
const usual: Readonly<Record<Type, unknown>> = { number: 1, text: '', list: [], map: {}, lists: {} };

type Row = { name: string; declaration: RuleDraft };

const rowsOf = (draft: RuleDraft): Row[] =>
  Object.entries(Object(valueAt(draft, 'parameters')) as Record<string, RuleDraft>).map(([name, declaration]) => ({
    name,
    declaration,
  }));

/** What a portal can set of a rule: names for conditions, types, usual values and titles. */
export function ParameterFields({ draft, onChange, faults }: FormProps) {
  const { t } = useSpeech();
  // Two rows may have one name while the second is written: as rows they stay apart.
  const [rows, setRows] = useState(() => rowsOf(draft));
  const change = (next: Row[]) => {
    setRows(next);
    onChange(
      withValue(draft, 'parameters', Object.fromEntries(next.map(({ name, declaration }) => [name, declaration]))),
    );
  };
  const set = (index: number, row: Partial<Row>) =>
    change(rows.map((each, at) => (at === index ? { ...each, ...row } : each)));
  return (
    <>
      {rows.map(({ name, declaration }, index) => {
        const type = types.find((each) => each === declaration['type']) ?? 'number';
        const isTwice = rows.some((each, at) => at < index && each.name === name);
        const [fault] = faultsOf(faults, `parameters.${name}`);
        const part = (path: string, value: unknown) => set(index, { declaration: withValue(declaration, path, value) });
        const title = (language: 'ru' | 'en') => textAt(declaration, `title.${language}`);
        return (
          <fieldset key={index} className={classes.parameter} aria-label={name}>
            <TextInput
              label={t('write.parameterName')}
              value={name}
              classNames={{ input: classes.mono ?? '' }}
              maxLength={31}
              error={isTwice ? t('write.parameterTwice') : fault === undefined ? null : faultText(fault.message, t)}
              onChange={({ currentTarget: { value } }) => set(index, { name: value.trim() })}
            />
            <Select
              label={t('write.parameterType')}
              data={types.map((value) => ({ value, label: t(`write.type.${value}`) }))}
              value={type}
              allowDeselect={false}
              onChange={(value) => {
                const next = types.find((each) => each === value);
                if (next === undefined || next === type) return;
                set(index, { declaration: { ...declaration, type: next, default: usual[next] } });
              }}
            />
            <UsualValue
              key={type}
              type={type}
              value={declaration['default']}
              onChange={(value) => part('default', value)}
            />
            {(['ru', 'en'] as const).map((language) => (
              <TextInput
                key={language}
                label={`${t('write.parameterTitle')} · ${t(`write.in.${language}`)}`}
                value={title(language)}
                lang={language}
                maxLength={200}
                onChange={({ currentTarget: { value } }) => part(`title.${language}`, value)}
              />
            ))}
            <div className={classes.parameterEnd}>
              <Checkbox
                size="xs"
                label={t('write.parameterRequired')}
                checked={declaration['isRequired'] === true}
                onChange={({ currentTarget: { checked } }) => part('isRequired', checked)}
              />
              <UnstyledButton
                className={classes.drop}
                aria-label={t('write.dropParameter', { name })}
                onClick={() => change(rows.filter((_row, at) => at !== index))}
              >
                ×
              </UnstyledButton>
            </div>
          </fieldset>
        );
      })}
      <Button
        size="compact-sm"
        variant="subtle"
        className={classes.add ?? ''}
        onClick={() =>
          change([...rows, { name: '', declaration: { type: 'number', default: 1, title: { ru: '', en: '' } } }])
        }
      >
        {t('write.addParameter')}
      </Button>
    </>
  );
}

type UsualValueProps = { type: Type; value: unknown; onChange: (value: unknown) => void };

function UsualValue({ type, value, onChange }: UsualValueProps) {
  const { t } = useSpeech();
  const label = t('write.parameterDefault');
  const [text, setText] = useState(() => (typeof value === 'string' || typeof value === 'number' ? String(value) : ''));
  if (type === 'list') {
    const list = Array.isArray(value) ? value.map(String) : [];
    return <TagsInput label={label} value={list} onChange={onChange} placeholder={t('rules.listNote')} />;
  }
  // Maps are long: they are written as JSON, or set by the portal.
  if (type === 'map' || type === 'lists') return <TextInput label={label} value={JSON.stringify(value)} readOnly />;
  return (
    <TextInput
      label={label}
      value={text}
      inputMode={type === 'number' ? 'decimal' : 'text'}
      maxLength={500}
      error={valueOf(type, { type: 'text', text }) === null ? t('rules.notAValue') : null}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        // What is no number is refused when it is saved, instead of being left out unseen.
        onChange(valueOf(type, { type: 'text', text: currentTarget.value }) ?? currentTarget.value);
      }}
    />
  );
}
