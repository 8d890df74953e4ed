import { Button, Modal } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from './form-dialog.module.css';

type FormDialogProps = {
  title: string;
  /** What is asked for. */
  children: ReactNode;
  submit: string;
  onSubmit: () => void;
  onClose: () => void;
  isPending: boolean;
  error: Error | null;
  /** Shown instead of the form once there is something to show; it does not go away by a slip of the hand. */
  outcome?: ReactNode;
};

/** Asks for something in a window of its own, and sends it on Enter. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useSpeech();
  const { outcome = null } = props;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={outcome === null}
      centered
    >
      {outcome === null ? (
        <form className={classes.form} onSubmit={submit} noValidate>
          {props.children}
          {props.error !== null && <ProblemNote error={props.error} />}
          <div className={classes.actions}>
            <Button type="submit" loading={props.isPending}>
              {props.submit}
            </Button>
            <Button variant="default" onClick={props.onClose}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <div className={classes.form}>
          {outcome}
          <div className={classes.actions}>
            <Button variant="default" onClick={props.onClose}>
              {t('people.done')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
