import { TextInput } from '@mantine/core';
import type { ComponentProps } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { isWebhookUrl } from './webhook-url.js';

type WebhookInputProps = Pick<ComponentProps<typeof TextInput>, 'label' | 'description' | 'required'> & {
  value: string;
  onChange: (value: string) => void;
  /** Whether what stands there was to be sent: only then is it called wrong. */
  isChecked: boolean;
};

/** Takes the address of an incoming webhook. */
export function WebhookInput({ value, onChange, isChecked, ...rest }: WebhookInputProps) {
  const { t } = useSpeech();
  return (
    <TextInput
      {...rest}
      placeholder="https://example.bitrix24.ru/rest/1/…/"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={500}
      autoComplete="off"
      spellCheck={false}
      inputMode="url"
      error={isChecked && !isWebhookUrl(value) ? t('connect.invalid') : undefined}
    />
  );
}
