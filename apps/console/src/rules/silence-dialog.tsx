import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import { Select, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import type { RuleView } from '../api/schema.js';
import { addDays, dayIn } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { instantOf } from '../moment/wall-clock.js';
import { kindKey } from '../portals/kind-names.js';
import { ruleIdAndText } from '../queue/case-words.js';
import { FormDialog } from '../ui/form-dialog.js';
import classes from './rules-page.module.css';
import { useManageRules } from './use-rules.js';

export const silenceReasons = ['absence', 'migration', 'agreed', 'rule-errs'] as const;
const kinds = ['deal', 'lead', 'contact', 'company', 'invoice', 'activity', 'task'] as const;
const WEEK = 7;

type SilenceDialogProps = {
  portalId: string;
  rules: readonly RuleView[];
  people: readonly { userId: string; name: string }[];
  zone: string;
  onClose: () => void;
};

/** Asks which cases are to be kept silent, through which day, and why. */
export function SilenceDialog({ portalId, rules, people, zone, onClose }: SilenceDialogProps) {
  const { t, language } = useSpeech();
  const { silence } = useManageRules(portalId);
  const today = dayIn(new Date(), zone);
  const [ruleId, setRuleId] = useState<string | null>(null);
  const [userId, setUserId] = useState<string | null>(null);
  const [kind, setKind] = useState<string>('deal');
  const [number, setNumber] = useState('');
  const [day, setDay] = useState<string | null>(addDays(today, WEEK));
  const [reason, setReason] = useState<(typeof silenceReasons)[number] | null>(null);
  const [isTold, setIsTold] = useState(false);
  const isNamed = ruleId !== null || userId !== null || number.trim() !== '';
  const until = day === null ? null : instantOf(addDays(day, 1), '00:00', zone);
  const submit = () => {
    setIsTold(true);
    if (!isNamed || until === null || reason === null || !/^\d{0,18}$/.test(number.trim())) return;
    const about = number.trim() === '' ? '' : `${kind}:${number.trim()}`;
    silence.mutate({ ruleId: ruleId ?? '', userId: userId ?? '', about, until, reason }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t('silences.new')}
      submit={t('silences.submit')}
      onSubmit={submit}
      onClose={onClose}
      isPending={silence.isPending}
      error={silence.error}
    >
      <p>{t('silences.what')}</p>
      <Select
        data-autofocus
        label={t('silences.rule')}
        placeholder={t('silences.anyRule')}
        data={rules.map((rule) => ({ value: rule.ruleId, label: ruleIdAndText(rule.ruleId, rules, language) }))}
        value={ruleId}
        onChange={setRuleId}
        searchable
        clearable
        error={isTold && !isNamed && t('silences.nameOne')}
      />
      <Select
        label={t('silences.person')}
        placeholder={t('silences.anybody')}
        data={people.map((person) => ({ value: person.userId, label: person.name }))}
        value={userId}
        onChange={setUserId}
        searchable
        clearable
      />
      <div className={classes.pair}>
        <Select
          label={t('silences.record')}
          data={kinds.map((value) => {
            const key = kindKey(value);
            return { value, label: key === null ? value : t(key, { n: 1 }) };
          })}
          value={kind}
          onChange={(value) => setKind(value ?? 'deal')}
          allowDeselect={false}
        />
        <TextInput
          label={t('silences.number')}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          inputMode="numeric"
          maxLength={18}
          error={isTold && !/^\d{0,18}$/.test(number.trim()) && t('silences.numberOnly')}
        />
      </div>
      <DatePickerInput
        label={t('silences.through')}
        value={day}
        onChange={setDay}
        minDate={today}
        locale={language}
        firstDayOfWeek={1}
        valueFormat="D MMM YYYY"
        error={isTold && until === null && t('silences.dayMissing')}
      />
      <Select
        label={t('silences.why')}
        data={silenceReasons.map((value) => ({ value, label: t(`silence.${value}`) }))}
        value={reason}
        onChange={(value) => setReason(silenceReasons.find((each) => each === value) ?? null)}
        error={isTold && reason === null && t('silences.reasonMissing')}
        required
      />
    </FormDialog>
  );
}
