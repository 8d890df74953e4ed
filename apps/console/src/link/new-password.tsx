import { PasswordInput } from '@mantine/core';
import { useSpeech } from '../i18n/i18n.js';
import { lackingCharacters } from './token.js';

type NewPasswordProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Whether what stands there was to be sent: only then is it called wrong. */
  isChecked: boolean;
  autoFocus?: boolean;
};

/** Takes a new password, and says how long it has to be. */
export function NewPassword({ label, value, onChange, isChecked, autoFocus = false }: NewPasswordProps) {
  const { t } = useSpeech();
  const lacking = lackingCharacters(value);
  const short = value === '' ? t('link.passwordHint') : t('link.passwordShort', { n: lacking });
  return (
    <PasswordInput
      name="new-password"
      label={label}
      description={lacking > 0 && value !== '' ? short : t('link.passwordHint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={200}
      autoComplete="new-password"
      autoFocus={autoFocus}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
      error={isChecked && lacking > 0 ? short : undefined}
    />
  );
}
