import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n/i18n.js';
import { unitNames } from './names.js';
import { amountOf, textAt, valueAt, withValue } from './rule-draft.js';
import { fieldId, useErrorOf } from './form-fields.js';
import type { FormProps } from './form-fields.js';
import classes from './write-rule.module.css';

/** A length of time: an amount or an expression that gives one, and its unit. */
export function LengthField({ draft, onChange, faults, path, label }: FormProps & { path: string; label: string }) {
  const { t } = useSpeech();
  const errorOf = useErrorOf(faults);
  const at = `${path}.amount`;
  const [text, setText] = useState(() => textAt(draft, at));
  // What came from elsewhere stands in the field; half a number that is being written stays as it is.
  const shown = amountOf(text) === valueAt(draft, at) ? text : textAt(draft, at);
  return (
    <div className={classes.length}>
      <TextInput
        id={fieldId(at)}
        label={label}
        value={shown}
        maxLength={300}
        classNames={{ input: classes.mono ?? '' }}
        error={errorOf(at) ?? (path === 'grace' ? errorOf('grace') : null)}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          onChange(withValue(draft, at, amountOf(value)));
        }}
      />
      <Select
        aria-label={`${label}: ${t('write.unit')}`}
        data={unitNames.map((unit) => ({ value: unit, label: t(`write.unit.${unit}`) }))}
        value={textAt(draft, `${path}.unit`)}
        onChange={(unit) => unit !== null && onChange(withValue(draft, `${path}.unit`, unit))}
        allowDeselect={false}
        comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
      />
    </div>
  );
}
