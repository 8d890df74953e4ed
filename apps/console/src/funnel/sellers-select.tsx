import { MultiSelect } from '@mantine/core';
import { useSpeech } from '../i18n/i18n.js';
import { useSellers } from './use-funnel.js';

type SelectProps = {
  portalId: string;
  label: string;
  className?: string;
  value: readonly string[];
  onChange: (sellerIds: string[]) => void;
};

/** Chooses people of a portal; who is not active any more is offered only while chosen. */
export function SellersSelect({ portalId, label, className = '', value, onChange }: SelectProps) {
  const { t } = useSpeech();
  const sellers = useSellers(portalId).data ?? [];
  return (
    <MultiSelect
      size="xs"
      className={className}
      label={label}
      data={sellers
        .filter(({ active, sellerId }) => active || value.includes(sellerId))
        .map(({ sellerId, name }) => ({ value: sellerId, label: name ?? t('seller.nameless', { id: sellerId }) }))}
      value={[...value]}
      onChange={onChange}
      searchable
    />
  );
}
