import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from './confirm-dialog.module.css';

type ConfirmDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What will happen. */
  children: ReactNode;
  confirm: string;
  onConfirm: () => void;
  isPending: boolean;
  error: Error | null;
  /** Nothing is taken away: the button does not warn. */
  isHarmless?: boolean;
};

/** Asks before something is taken away. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
    >
      <div className={classes.body}>
        <div>{props.children}</div>
        {props.error !== null && <ProblemNote error={props.error} />}
        <div className={classes.actions}>
          <Button
            {...(props.isHarmless !== true && { color: 'red.9' })}
            loading={props.isPending}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Button>
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
