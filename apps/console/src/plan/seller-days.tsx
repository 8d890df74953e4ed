import { TextInput } from '@mantine/core';
import { useSpeech } from '../i18n/i18n.js';
import classes from './plan-page.module.css';

type DaysProps = {
  sellers: readonly { sellerId: string; name: string | null }[];
  sellerIds: readonly string[];
  /** Of the month. */
  workingDays: number;
  /** Of those who are not there all month, as typed. */
  days: Readonly<Record<string, string>>;
  onDays: (days: Readonly<Record<string, string>>) => void;
};

/** Working days of those who are absent for a while, or new: parts of a plan go by them. */
export function SellerDays({ sellers, sellerIds, workingDays, days, onDays }: DaysProps) {
  const { t } = useSpeech();
  if (sellerIds.length === 0) return null;
  return (
    <details className={classes.wide}>
      <summary className={classes.soft}>{t('plan.days', { n: workingDays })}</summary>
      <div className={classes.form}>
        {sellerIds.map((userId) => (
          <TextInput
            key={userId}
            size="xs"
            label={sellers.find(({ sellerId }) => sellerId === userId)?.name ?? t('seller.nameless', { id: userId })}
            inputMode="numeric"
            placeholder={String(workingDays)}
            value={days[userId] ?? ''}
            error={!/^\d{0,2}$/.test((days[userId] ?? '').trim()) && t('plan.unreadable')}
            onChange={(event) => onDays({ ...days, [userId]: event.currentTarget.value })}
          />
        ))}
      </div>
    </details>
  );
}
