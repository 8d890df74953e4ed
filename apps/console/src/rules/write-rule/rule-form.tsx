import { Button, MultiSelect, SegmentedControl, Select, TagsInput, TextInput, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ruleLanguage } from '../../generated/rule-language.js';
import { useSpeech } from '../../i18n/i18n.js';
import { BothLanguages, ConditionField, fieldId, FormPart, useErrorOf } from './form-fields.js';
import type { FormProps } from './form-fields.js';
import { LengthField } from './length-field.js';
import { roleText, subjectText } from '../rule-words.js';
import { factsOf, factText, fieldsOf, severities } from './names.js';
import { ParameterFields } from './parameter-fields.js';
import { isFactRule, listAt, textAt, valueAt, withKind, withValue } from './rule-draft.js';
import classes from './write-rule.module.css';

const MOST_CLOCKS = 4;
type ResolveWay = 'state' | 'verdict' | 'when' | 'quiet';

/** The usual fields of a rule. */
export function RuleForm(props: FormProps & { isNew: boolean; ruleIds: readonly string[] }) {
  const { t } = useSpeech();
  const { draft, ruleIds } = props;
  const { on, around } = surroundingsOf(draft);
  return (
    <div className={classes.parts}>
      <SubjectPart {...props} />
      <FormPart title={t('ruleField.when')} note={t(isFactRule(draft) ? 'write.whenFactNote' : 'write.whenStateNote')}>
        <ConditionField {...props} path="when" label={t('ruleField.when')} around={around} isLabelHidden />
        <ResolveFields {...props} />
      </FormPart>
      <LimitsPart {...props} />
      <FormPart title={t('ruleField.parameters')} note={t('write.parametersNote')}>
        <ParameterFields {...props} />
      </FormPart>
      <FormPart title={t('write.words')} note={t('write.wordsNote')}>
        <BothLanguages {...props} path="title" label={t('ruleField.title')} />
        <BothLanguages {...props} path="clause" label={t('ruleField.clause')} />
        <BothLanguages {...props} path="feedback" label={t('ruleField.feedback')} />
      </FormPart>
      <FormPart title={t('write.further')} note={t('write.furtherNote')}>
        <ListField {...props} path="feeds" note={t('write.feedsNote')} />
        <ListField {...props} path="evidence" note={t('write.evidenceNote')} data={fieldsOf(on)} />
        <ListField {...props} path="inhibitedBy" note={t('write.inhibitedNote')} data={ruleIds} />
      </FormPart>
    </div>
  );
}

function surroundingsOf(draft: FormProps['draft']) {
  const on = listAt(draft, 'on');
  const parameters = Object.keys(Object(valueAt(draft, 'parameters')) as object);
  return { on, around: { on, facts: isFactRule(draft) ? listAt(draft, 'facts') : null, parameters } };
}

function SubjectPart({ draft, onChange, faults, isNew }: FormProps & { isNew: boolean }) {
  const { t } = useSpeech();
  const errorOf = useErrorOf(faults);
  const on = listAt(draft, 'on');
  const kind = isFactRule(draft) ? 'fact' : 'state';
  const isNarrow = useMediaQuery('(max-width: 640px)') ?? false;
  const known = factsOf(on);
  return (
    <FormPart title={t('write.about')}>
      <div className={classes.both}>
        <TextInput
          id={fieldId('id')}
          label={t('ruleField.id')}
          description={isNew ? t('write.idNote') : t('write.idFixed')}
          value={textAt(draft, 'id')}
          readOnly={!isNew}
          maxLength={16}
          error={errorOf('id')}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => onChange(withValue(draft, 'id', value.toUpperCase().trim()))}
        />
        <MultiSelect
          id={fieldId('on')}
          label={t('ruleField.on')}
          description={t('write.onNote')}
          data={ruleLanguage.kinds.map((value) => ({ value, label: subjectText(value, t) }))}
          value={on}
          error={errorOf('on')}
          onChange={(value) => onChange(withValue(draft, 'on', value))}
        />
      </div>
      <div>
        <div className={classes.label}>{t('ruleField.kind')}</div>
        <SegmentedControl
          orientation={isNarrow ? 'vertical' : 'horizontal'}
          fullWidth={isNarrow}
          aria-label={t('ruleField.kind')}
          data={[
            { value: 'state', label: t('rules.kindState') },
            { value: 'fact', label: t('rules.kindFact') },
          ]}
          value={kind}
          onChange={(value) => onChange(withKind(draft, value === 'fact' ? 'fact' : 'state'))}
        />
      </div>
      {kind === 'fact' && (
        <MultiSelect
          id={fieldId('facts')}
          label={t('ruleField.facts')}
          data={[...new Set([...known, ...listAt(draft, 'facts')])].map((value) => ({
            value,
            label: factText(value, t),
          }))}
          value={listAt(draft, 'facts')}
          error={errorOf('facts')}
          onChange={(value) => onChange(withValue(draft, 'facts', value))}
          searchable
        />
      )}
      <div className={classes.both}>
        <div>
          <div className={classes.label}>{t('ruleField.severity')}</div>
          <SegmentedControl
            aria-label={t('ruleField.severity')}
            data={[...severities]}
            value={textAt(draft, 'severity')}
            onChange={(value) => onChange(withValue(draft, 'severity', value))}
          />
          <p className={classes.under}>
            {t(`write.severity.${severities.find((each) => each === draft['severity']) ?? 'S2'}`)}
          </p>
        </div>
        <MultiSelect
          id={fieldId('feedbackTo')}
          label={t('ruleField.feedbackTo')}
          data={ruleLanguage.feedbackTo.map((value) => ({ value, label: roleText(value, t) }))}
          value={listAt(draft, 'feedbackTo')}
          error={errorOf('feedbackTo')}
          onChange={(value) => onChange(withValue(draft, 'feedbackTo', value))}
        />
      </div>
    </FormPart>
  );
}

function ResolveFields(props: FormProps) {
  const { draft, onChange } = props;
  const { t } = useSpeech();
  const resolve = valueAt(draft, 'resolve');
  const isFact = isFactRule(draft);
  const ways: readonly ResolveWay[] = isFact ? ['verdict', 'when', 'quiet'] : ['state', 'verdict'];
  const way: ResolveWay =
    valueAt(draft, 'resolve.when') !== undefined
      ? 'when'
      : valueAt(draft, 'resolve.quiet') !== undefined
        ? 'quiet'
        : (ways.find((each) => each === resolve) ?? ways[0] ?? 'verdict');
  const values: Record<ResolveWay, unknown> = {
    state: 'state',
    verdict: 'verdict',
    when: { when: 'record.has_touch', withinGraceOnly: false },
    quiet: { quiet: { amount: 1, unit: 'd' } },
  };
  return (
    <>
      <Select
        className={classes.short ?? ''}
        label={t('ruleField.resolve')}
        data={ways.map((value) => ({ value, label: t(`write.resolve.${value}`) }))}
        value={way}
        allowDeselect={false}
        onChange={(next) => {
          const chosen = ways.find((each) => each === next);
          if (chosen !== undefined && chosen !== way) onChange(withValue(draft, 'resolve', values[chosen]));
        }}
      />
      {way === 'when' && (
        <ConditionField
          {...props}
          path="resolve.when"
          label={t('write.resolveWhen')}
          around={surroundingsOf(draft).around}
        />
      )}
      {way === 'quiet' && <LengthField {...props} path="resolve.quiet" label={t('write.resolveQuiet')} />}
    </>
  );
}

function LimitsPart(props: FormProps) {
  const { draft, onChange, faults } = props;
  const { t } = useSpeech();
  const errorOf = useErrorOf(faults);
  const clocks = valueAt(draft, 'clocks');
  const count = Array.isArray(clocks) ? clocks.length : 0;
  return (
    <FormPart title={t('write.limits')} note={t(isFactRule(draft) ? 'write.graceNote' : 'write.clocksNote')}>
      {!isFactRule(draft) && (
        <>
          {Array.from({ length: count }, (_, index) => {
            const path = `clocks.${index}`;
            return (
              <div key={`${index} of ${count}`} className={classes.clock}>
                <LengthField {...props} path={path} label={t('write.clock', { n: index + 1 })} />
                <TextInput
                  id={fieldId(`${path}.since`)}
                  label={t('write.since')}
                  placeholder={t('write.sinceNote')}
                  value={textAt(draft, `${path}.since`)}
                  classNames={{ input: classes.mono ?? '' }}
                  maxLength={500}
                  error={errorOf(`${path}.since`)}
                  onChange={({ currentTarget: { value } }) =>
                    onChange(withValue(draft, `${path}.since`, value === '' ? undefined : value))
                  }
                />
                <UnstyledButton
                  className={classes.drop}
                  aria-label={t('write.dropClock', { n: index + 1 })}
                  onClick={() => onChange(withValue(draft, path, undefined))}
                >
                  ×
                </UnstyledButton>
              </div>
            );
          })}
          {count < MOST_CLOCKS && (
            <Button
              size="compact-sm"
              variant="subtle"
              className={classes.add ?? ''}
              onClick={() => onChange(withValue(draft, 'clocks', [...list(clocks), { amount: 1, unit: 'wd' }]))}
            >
              {t('write.addClock')}
            </Button>
          )}
        </>
      )}
      <LengthField {...props} path="grace" label={t('ruleField.grace')} />
    </FormPart>
  );
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function ListField(
  props: FormProps & { path: 'feeds' | 'evidence' | 'inhibitedBy'; note: string; data?: readonly string[] },
) {
  const { draft, onChange, faults, path, note, data = [] } = props;
  const { t } = useSpeech();
  const errorOf = useErrorOf(faults);
  return (
    <TagsInput
      id={fieldId(path)}
      label={t(`ruleField.${path}`)}
      description={note}
      data={[...data]}
      value={listAt(draft, path)}
      error={errorOf(path)}
      onChange={(value) => onChange(withValue(draft, path, value))}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}
