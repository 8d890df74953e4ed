import { Button, Menu, Modal, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Portal } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { DotsIcon } from '../ui/icons.js';
import classes from './portal-menu.module.css';
import { PortalSettings } from './portal-settings.js';
import { ProblemNote } from './problem-note.js';
import { useManagePortal } from './use-portals.js';

/** What can be done with a portal. */
export function PortalMenu({ portal }: { portal: Portal }) {
  const { t } = useSpeech();
  const { pause, resume, remove } = useManagePortal(portal.portalId);
  const navigate = useNavigate();
  const [open, setOpen] = useState<'settings' | 'remove' | null>(null);
  const close = () => {
    remove.reset();
    setOpen(null);
  };
  const isPaused = portal.status === 'paused';
  const failed = pause.error ?? resume.error;
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={240}>
        <Menu.Target>
          <UnstyledButton className={classes.button} aria-label={t('manage.menu', { name: portal.name })}>
            <DotsIcon />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen('settings')}>{t('manage.settings')}</Menu.Item>
          <Menu.Item
            onClick={() => void navigate({ to: '/portals/$portalId/feedback', params: { portalId: portal.portalId } })}
          >
            {t('manage.feedback')}
          </Menu.Item>
          <Menu.Item
            disabled={pause.isPending || resume.isPending}
            onClick={() => {
              pause.reset();
              resume.reset();
              (isPaused ? resume : pause).mutate();
            }}
          >
            {t(isPaused ? 'manage.resume' : 'manage.pause')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setOpen('remove')}>
            {t('manage.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {failed !== null && (
        <div className={classes.failed}>
          <ProblemNote error={failed} />
        </div>
      )}
      <PortalSettings portal={portal} isOpen={open === 'settings'} onClose={close} />
      <Modal
        opened={open === 'remove'}
        onClose={close}
        title={t('remove.title', { name: portal.name })}
        closeButtonProps={{ 'aria-label': t('settings.close') }}
        centered
      >
        <div className={classes.remove}>
          <p>{t('remove.what')}</p>
          <p>{t('remove.stays')}</p>
          {remove.isError && <ProblemNote error={remove.error} />}
          <div className={classes.actions}>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: close })}
            >
              {t('remove.confirm')}
            </Button>
            <Button variant="default" onClick={close} data-autofocus>
              {t('remove.keep')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
