import { Button, Modal, Select, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { FeedbackTemplate } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './queue-dialogs.module.css';
import { templatesFor, useManageTemplates, useTemplates } from './use-templates.js';

type TemplatesDialogProps = {
  portalId: string;
  ruleId: string;
  ruleTitle: string;
  onChoose: (template: FeedbackTemplate) => void;
  onClose: () => void;
};

/** Ready words for feedback: to choose one for the verdict, and to make, change and remove them. */
export function TemplatesDialog({ portalId, ruleId, ruleTitle, onChoose, onClose }: TemplatesDialogProps) {
  const { t } = useSpeech();
  const templates = useTemplates(portalId);
  const [wanted, setWanted] = useState('');
  const [edited, setEdited] = useState<FeedbackTemplate | null>(null);
  const found = templatesFor(templates.data ?? [], ruleId, wanted);
  const begin = () => setEdited({ templateId: crypto.randomUUID(), ruleId, name: wanted.trim(), body: '' });
  return (
    <Modal
      opened
      onClose={onClose}
      title={edited === null ? t('template.title') : t('template.edit')}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="lg"
      centered
    >
      {edited !== null ? (
        <TemplateForm
          portalId={portalId}
          template={edited}
          isNew={!(templates.data ?? []).some(({ templateId }) => templateId === edited.templateId)}
          ruleId={ruleId}
          ruleTitle={ruleTitle}
          onDone={() => setEdited(null)}
        />
      ) : (
        <div className={classes.form}>
          <TextInput
            data-autofocus
            // Also when one comes back from the form.
            autoFocus
            label={t('template.find')}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [first] = found;
              if (event.key === 'Enter' && first !== undefined) onChoose(first);
            }}
            autoComplete="off"
          />
          {templates.data === undefined ? (
            templates.isError ? (
              <ErrorState error={templates.error} retry={() => void templates.refetch()} />
            ) : (
              <TableSkeleton rows={4} />
            )
          ) : found.length === 0 ? (
            <p className={classes.soft}>{t(templates.data.length === 0 ? 'template.none' : 'template.nothing')}</p>
          ) : (
            <ul className={classes.list}>
              {found.map((template) => (
                <li key={template.templateId} className={classes.withTools}>
                  <UnstyledButton className={classes.option} data-row onClick={() => onChoose(template)}>
                    <b>{template.name}</b>
                    <span className={classes.soft}>{template.ruleId === '' ? t('template.any') : template.ruleId}</span>
                    <span className={classes.body}>{template.body}</span>
                  </UnstyledButton>
                  <UnstyledButton className={classes.tool} onClick={() => setEdited(template)}>
                    {t('template.change')}
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          )}
          <div className={classes.actions}>
            <Button variant="default" size="xs" onClick={begin}>
              {t('template.new')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

type TemplateFormProps = {
  portalId: string;
  template: FeedbackTemplate;
  isNew: boolean;
  ruleId: string;
  ruleTitle: string;
  onDone: () => void;
};

function TemplateForm({ portalId, template, isNew, ruleId, ruleTitle, onDone }: TemplateFormProps) {
  const { t } = useSpeech();
  const { save, remove } = useManageTemplates(portalId);
  const [draft, setDraft] = useState(template);
  const [isAsked, setIsAsked] = useState(false);
  const error = save.error ?? remove.error;
  const rules = [...new Set(['', ruleId, template.ruleId])].map((value) => ({
    value,
    label: value === '' ? t('template.any') : value === ruleId ? ruleTitle : value,
  }));
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const ready = { ...draft, name: draft.name.trim(), body: draft.body.trim() };
        if (ready.name !== '' && ready.body !== '') save.mutate(ready, { onSuccess: onDone });
      }}
    >
      <TextInput
        autoFocus
        label={t('template.name')}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        maxLength={60}
        required
        autoComplete="off"
      />
      <Select
        label={t('template.rule')}
        data={rules}
        value={draft.ruleId}
        onChange={(value) => setDraft({ ...draft, ruleId: value ?? '' })}
        allowDeselect={false}
      />
      <Textarea
        label={t('template.body')}
        description={t('template.places')}
        value={draft.body}
        onChange={(event) => setDraft({ ...draft, body: event.currentTarget.value })}
        autosize
        minRows={4}
        maxRows={10}
        maxLength={2000}
        required
      />
      {error !== null && <ProblemNote error={error} />}
      <div className={classes.actions}>
        <Button type="submit" loading={save.isPending} disabled={draft.name.trim() === '' || draft.body.trim() === ''}>
          {t('template.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
        {!isNew && (
          <Button
            variant="subtle"
            color="red.9"
            loading={remove.isPending}
            onClick={() => (isAsked ? remove.mutate(draft.templateId, { onSuccess: onDone }) : setIsAsked(true))}
          >
            {t(isAsked ? 'template.removeSure' : 'template.remove')}
          </Button>
        )}
      </div>
    </form>
  );
}
