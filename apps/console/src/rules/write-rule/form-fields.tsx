import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RuleFault } from '../../api/schema.js';
import { useSpeech } from '../../i18n/i18n.js';
import { Panel } from '../../ui/panel.js';
import { LazyCodeEditor } from '../code/lazy-code-editor.js';
import type { Surroundings } from '../code/completion-words.js';
import { faultText } from './fault-words.js';
import { FaultLines } from './fault-lines.js';
import { faultsOf, spanOf, withSuggestion } from './faults.js';
import { textAt, valueAt, withValue } from './rule-draft.js';
import type { RuleDraft } from './rule-draft.js';
import classes from './write-rule.module.css';

/** A wish to be brought to what is wrong; `n` tells one wish from the next. */
export type Wanted = { fault: RuleFault; n: number } | null;

/** A rule that is written, and what is wrong with it. */
export type FormProps = {
  draft: RuleDraft;
  onChange: (draft: RuleDraft) => void;
  faults: readonly RuleFault[];
  wanted: Wanted;
};

/** Id of the element in which a field of the rule is written. */
export const fieldId = (path: string): string => `write-${path.replaceAll('.', '-')}`;

/** What is wrong with a field in a sentence; null where nothing is, or where one is still to begin. */
export function useErrorOf(faults: readonly RuleFault[]): (path: string) => string | null {
  const { t } = useSpeech();
  return (path) => {
    const [fault] = faultsOf(faults, path);
    return fault === undefined ? null : faultText(fault.message, t);
  };
}

/** A titled group of fields. */
export function FormPart({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <Panel title={title} {...(note !== undefined && { note })}>
      <div className={classes.fields}>{children}</div>
    </Panel>
  );
}

/** A text of a rule in both languages, side by side. */
export function BothLanguages({ draft, onChange, faults, path, label }: FormProps & { path: string; label: string }) {
  const { t } = useSpeech();
  const errorOf = useErrorOf(faults);
  return (
    <div className={classes.both}>
      {(['ru', 'en'] as const).map((language) => {
        const at = `${path}.${language}`;
        const common = {
          id: fieldId(at),
          label: `${label} · ${t(`write.in.${language}`)}`,
          value: textAt(draft, at),
          maxLength: 2000,
          lang: language,
          error: errorOf(at),
        };
        return path === 'title' ? (
          <TextInput
            key={language}
            {...common}
            onChange={({ currentTarget: { value } }) => onChange(withValue(draft, at, value))}
          />
        ) : (
          <Textarea
            key={language}
            {...common}
            autosize
            minRows={2}
            maxRows={10}
            onChange={({ currentTarget: { value } }) => onChange(withValue(draft, at, value))}
          />
        );
      })}
    </div>
  );
}

type ConditionFieldProps = FormProps & { path: string; label: string; around: Surroundings; isLabelHidden?: boolean };

/** A condition, with what is wrong at its line and column. */
export function ConditionField(props: ConditionFieldProps) {
  const { draft, onChange, faults, wanted, path, label, around, isLabelHidden = false } = props;
  const { t } = useSpeech();
  const source = textAt(draft, path);
  const own = faults.filter((fault) => fault.path === path);
  const marks = own.flatMap((fault) => {
    const span = spanOf(source, fault);
    return span === null ? [] : [{ ...span, text: faultText(fault.message, t), suggestions: fault.suggestions ?? [] }];
  });
  const reveal =
    wanted === null || wanted.fault.path !== path
      ? undefined
      : { at: spanOf(source, wanted.fault)?.from ?? 0, n: wanted.n };
  return (
    <div id={fieldId(path)}>
      {!isLabelHidden && <div className={classes.label}>{label}</div>}
      <LazyCodeEditor
        label={label}
        language="condition"
        value={source}
        onChange={(value) => {
          if (value !== valueAt(draft, path)) onChange(withValue(draft, path, value));
        }}
        faults={marks}
        around={around}
        reveal={reveal}
      />
      <FaultLines
        faults={own}
        isNamed={false}
        onAccept={(fault, suggestion) => onChange(withSuggestion(draft, fault, suggestion))}
      />
    </div>
  );
}
