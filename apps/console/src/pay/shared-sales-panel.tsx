import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSellers } from '../funnel/use-funnel.js';
import { useSpeech } from '../i18n/i18n.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Panel } from '../ui/panel.js';
import classes from './pay-page.module.css';
import { percentOfShare, shareOfPercent } from './scheme-draft.js';
import { useManagePay, useSharedSales } from './use-pay.js';

type PanelProps = { portalId: string; month: string };

/** Sales whose money is shared between people. */
export function SharedSalesPanel({ portalId, month }: PanelProps) {
  const { t } = useSpeech();
  const sales = useSharedSales(portalId);
  const { share } = useManagePay(portalId, month);
  const [isAsked, setAsked] = useState(false);
  const items = sales.data?.items ?? [];
  return (
    <Panel
      title={t('pay.shared')}
      note={t('pay.sharedNote')}
      aside={
        <Button size="xs" variant="default" onClick={() => setAsked(true)}>
          {t('pay.share')}
        </Button>
      }
    >
      {items.length === 0 ? (
        <p className={classes.soft}>{t('pay.sharedNone')}</p>
      ) : (
        <ul className={classes.disputes}>
          {items.map(({ dealId, shares }) => (
            <li key={dealId} className={classes.sharedSale}>
              <Link
                to="/portals/$portalId/records/$kind/$recordId"
                params={{ portalId, kind: 'deal', recordId: dealId }}
              >
                {t('pay.deal', { id: dealId })}
              </Link>
              <span>
                {shares
                  .map(({ userId, name, share: part }) =>
                    t('pay.sharePart', {
                      name: name ?? t('seller.nameless', { id: userId }),
                      percent: percentOfShare(part),
                    }),
                  )
                  .join(', ')}
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                loading={share.isPending}
                onClick={() => share.mutate({ dealId, shares: [] })}
              >
                {t('pay.unshare')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isAsked && <ShareDialog {...{ portalId, month }} onClose={() => setAsked(false)} />}
    </Panel>
  );
}

function ShareDialog({ portalId, month, onClose }: PanelProps & { onClose: () => void }) {
  const { t } = useSpeech();
  const { share } = useManagePay(portalId, month);
  const sellers = useSellers(portalId).data ?? [];
  const [dealId, setDealId] = useState('');
  const [rows, setRows] = useState([
    { userId: '', percent: '50' },
    { userId: '', percent: '50' },
  ]);
  const set = (place: number, part: Partial<(typeof rows)[number]>) =>
    setRows(rows.map((row, at) => (at === place ? { ...row, ...part } : row)));
  const shares = rows.flatMap(({ userId, percent }) => {
    const part = shareOfPercent(percent);
    return userId === '' || part === null ? [] : [{ userId, share: part }];
  });
  const isReady = /^\d{1,18}$/.test(dealId.trim()) && shares.length === rows.length;
  return (
    <FormDialog
      title={t('pay.shareTitle')}
      submit={t('pay.share')}
      isPending={share.isPending}
      error={share.error}
      onClose={onClose}
      onSubmit={() => {
        if (isReady) share.mutate({ dealId: dealId.trim(), shares }, { onSuccess: onClose });
      }}
    >
      <p className={classes.soft}>{t('pay.shareText')}</p>
      <TextInput
        label={t('pay.dealId')}
        inputMode="numeric"
        value={dealId}
        onChange={(event) => setDealId(event.currentTarget.value)}
        data-autofocus
      />
      {rows.map((row, place) => (
        <div key={place} className={classes.row}>
          <Select
            size="xs"
            className={classes.grow ?? ''}
            label={t('plan.seller')}
            data={sellers.map(({ sellerId, name }) => ({
              value: sellerId,
              label: name ?? t('seller.nameless', { id: sellerId }),
            }))}
            value={row.userId === '' ? null : row.userId}
            onChange={(value) => set(place, { userId: value ?? '' })}
            searchable
          />
          <TextInput
            size="xs"
            className={classes.narrow ?? ''}
            label={t('pay.sharePercent')}
            inputMode="decimal"
            value={row.percent}
            error={shareOfPercent(row.percent) === null && t('plan.unreadable')}
            onChange={(event) => set(place, { percent: event.currentTarget.value })}
          />
          {rows.length > 2 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('scheme.removeRow')}
              onClick={() => setRows(rows.filter((_, at) => at !== place))}
            >
              ×
            </ActionIcon>
          )}
        </div>
      ))}
      <div>
        <Button size="compact-xs" variant="default" onClick={() => setRows([...rows, { userId: '', percent: '' }])}>
          {t('scheme.addRow')}
        </Button>
      </div>
    </FormDialog>
  );
}
