import { Menu, TextInput, UnstyledButton } from '@mantine/core';
import { memo, useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { FormDialog } from '../ui/form-dialog.js';
import { ChevronIcon } from '../ui/icons.js';
import classes from './queue-page.module.css';
import { readQueueSearch } from './queue-search.js';
import type { QueueSearch } from './queue-search.js';
import { useManageViews, useViews } from './use-views.js';

type ViewsMenuProps = { portalId: string; search: QueueSearch; onView: (search: QueueSearch) => void };

/** Views that one has saved: to open, to make of what is shown, to remove. */
export const ViewsMenu = memo(function ViewsMenu({ portalId, search, onView }: ViewsMenuProps) {
  const { t } = useSpeech();
  const views = useViews(portalId, true);
  const { save, remove } = useManageViews(portalId);
  const [name, setName] = useState<string | null>(null);
  const { case: _case, ...filter } = search;
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={260}>
        <Menu.Target>
          <UnstyledButton className={classes.filter}>
            {t('views.title')} <ChevronIcon />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {(views.data ?? []).length === 0 && <Menu.Label>{t('views.none')}</Menu.Label>}
          {(views.data ?? []).map((view) => (
            <Menu.Item key={view.viewId} onClick={() => onView(readQueueSearch(view.filter))}>
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setName('')}>{t('views.save')}</Menu.Item>
          {(views.data ?? []).length > 0 && (
            <>
              <Menu.Label>{t('views.remove')}</Menu.Label>
              {(views.data ?? []).map((view) => (
                <Menu.Item
                  key={view.viewId}
                  color="red.9"
                  closeMenuOnClick={false}
                  onClick={() => remove.mutate(view.viewId)}
                >
                  {view.name}
                </Menu.Item>
              ))}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {name !== null && (
        <FormDialog
          title={t('views.save')}
          submit={t('views.submit')}
          isPending={save.isPending}
          error={save.error}
          onClose={() => setName(null)}
          onSubmit={() => {
            if (name.trim() === '') return;
            save.mutate({ name: name.trim(), filter: textsOf(filter) }, { onSuccess: () => setName(null) });
          }}
        >
          <TextInput
            data-autofocus
            label={t('views.name')}
            description={t('views.nameNote')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={60}
            required
            autoComplete="off"
          />
        </FormDialog>
      )}
    </>
  );
});

function textsOf(filter: Omit<QueueSearch, 'case'>): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
