import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import { Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import type { PersonOfPortal, PortalRole } from '../api/schema.js';
import { dayIn } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { FormDialog } from '../ui/form-dialog.js';
import { absenceOf } from './absence.js';
import classes from './people-page.module.css';
import { useManagePeople } from './use-people.js';

type SubstitutionDialogProps = {
  portalId: string;
  people: readonly PersonOfPortal[];
  grantable: readonly PortalRole[];
  zone: string;
  onClose: () => void;
};

/** Lets somebody do the work of an absent person for some days. */
export function SubstitutionDialog({ portalId, people, grantable, zone, onClose }: SubstitutionDialogProps) {
  const { t, language } = useSpeech();
  const { arrange } = useManagePeople(portalId);
  const [absentId, setAbsentId] = useState<string | null>(null);
  const [substituteId, setSubstituteId] = useState<string | null>(null);
  const [days, setDays] = useState<[string | null, string | null]>([null, null]);
  const [isChecked, setIsChecked] = useState(false);

  const accounts = people.flatMap(({ account }) => (account === null ? [] : [account]));
  const optionOf = ({ accountId, name, role }: (typeof accounts)[number]) => ({
    value: accountId,
    label: `${name}, ${t(`role.${role}`)}`,
  });
  // Standing in for somebody gives their role: one may only lend what one may give.
  const absents = accounts.filter(({ role }) => grantable.some((each) => each === role)).map(optionOf);
  const substitutes = accounts.filter(({ isSuspended, accountId }) => !isSuspended && accountId !== absentId);
  const absence = absenceOf(days[0], days[1], zone);
  const isSound = absentId !== null && substituteId !== null && absentId !== substituteId && absence !== null;

  const submit = () => {
    setIsChecked(true);
    if (absentId === null || substituteId === null || absence === null || !isSound) return;
    arrange.mutate({ absentId, substituteId, ...absence }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t('substitution.arrangeFor')}
      submit={t('substitution.arrange')}
      onSubmit={submit}
      onClose={onClose}
      isPending={arrange.isPending}
      error={arrange.error}
    >
      {accounts.length < 2 && <p>{t('substitution.needsTwo')}</p>}
      <Select
        label={t('substitution.absent')}
        placeholder={t('substitution.choose')}
        data={absents}
        value={absentId}
        onChange={setAbsentId}
        searchable
        limit={100}
        nothingFoundMessage={t('toolbar.nothing')}
        openOnFocus={false}
        data-autofocus
      />
      <Select
        label={t('substitution.substitute')}
        placeholder={t('substitution.choose')}
        data={substitutes.map(optionOf)}
        value={substituteId}
        onChange={setSubstituteId}
        searchable
        limit={100}
        nothingFoundMessage={t('toolbar.nothing')}
      />
      <DatePickerInput
        type="range"
        label={t('substitution.days')}
        value={days}
        onChange={setDays}
        minDate={dayIn(new Date(), zone)}
        locale={language}
        firstDayOfWeek={1}
        allowSingleDateInRange
        valueFormat="D MMM YYYY"
      />
      {isChecked && !isSound && (
        <p className={classes.wrong} role="alert">
          {t('substitution.missing')}
        </p>
      )}
    </FormDialog>
  );
}
