import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RuleDetail, RuleFault } from '../../api/schema.js';
import { useSpeech } from '../../i18n/i18n.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Panel } from '../../ui/panel.js';
import { useOwnRules } from '../use-own-rules.js';
import { FaultLines } from './fault-lines.js';
import { textAt } from './rule-draft.js';
import classes from './write-rule.module.css';

type DraftPanelProps = {
  portalId: string;
  detail: RuleDetail | undefined;
  isUnsaved: boolean;
  isBehind: boolean;
  faults: readonly RuleFault[];
  onOpen: (fault: RuleFault) => void;
  onAccept: (fault: RuleFault, suggestion: string) => void;
  onDiscard: () => void;
  onGone: () => void;
};

/** Beside what is written: what is wrong with it, what becomes of it, and how it is taken back. */
export function DraftPanel(props: DraftPanelProps) {
  const { detail, isUnsaved, isBehind, faults, onOpen, onAccept, onDiscard } = props;
  const { t } = useSpeech();
  const draft = detail?.draft ?? null;
  return (
    <aside className={classes.side} id="rule-check">
      <Panel
        title={t('write.check')}
        aside={isBehind ? <span className={classes.soft}>{t('write.checking')}</span> : undefined}
      >
        {faults.length === 0 ? (
          <p className={classes.sound}>{t('write.sound')}</p>
        ) : (
          <>
            <p className={classes.unsound}>{t('write.faults', { n: faults.length })}</p>
            <FaultLines faults={faults} isNamed onOpen={onOpen} onAccept={onAccept} />
          </>
        )}
      </Panel>
      <Panel title={t('write.becomes')}>
        <div className={classes.becomes}>
          <p>
            {t(
              detail === undefined || detail.rule.status === 'draft'
                ? 'write.becomesNew'
                : detail.rule.isOwn
                  ? 'write.becomesOwn'
                  : 'write.becomesPack',
            )}
          </p>
          {draft !== null && (
            <p className={classes.soft}>{t('write.versions', { version: textAt(draft, 'version') })}</p>
          )}
          <div className={classes.takeBack}>
            {isUnsaved && (
              <Button size="xs" variant="default" onClick={onDiscard}>
                {t('write.discard')}
              </Button>
            )}
            {detail !== undefined && <TakeBack {...props} detail={detail} />}
          </div>
        </div>
      </Panel>
      <p className={classes.soft}>{t('write.language')}</p>
    </aside>
  );
}

/** Drops the draft of a rule, or removes what the portal wrote of it, after asking. */
export function TakeBack({ portalId, detail, onGone }: { portalId: string; detail: RuleDetail; onGone: () => void }) {
  const { t } = useSpeech();
  const { remove, dropDraft } = useOwnRules(portalId);
  const [asks, setAsks] = useState<'draft' | 'rule' | null>(null);
  const { rule, draft, origins } = detail;
  const isOnlyDraft = rule.status === 'draft';
  const isOfPack = Object.values(origins).some((layer) => layer !== 'portal');
  const act = asks === 'draft' ? dropDraft : remove;
  const close = () => {
    setAsks(null);
    remove.reset();
    dropDraft.reset();
  };
  const says = asks === 'draft' ? 'drop' : isOfPack ? 'restore' : 'remove';
  return (
    <>
      {draft !== null && !isOnlyDraft && (
        <Button size="xs" variant="default" onClick={() => setAsks('draft')}>
          {t('write.drop')}
        </Button>
      )}
      {rule.isOwn && (
        <Button size="xs" variant="default" color="red.9" onClick={() => setAsks('rule')}>
          {t(isOfPack ? 'write.restore' : 'write.remove')}
        </Button>
      )}
      {asks !== null && (
        <ConfirmDialog
          isOpen
          title={t(`write.${says}.title`, { rule: rule.ruleId })}
          confirm={t(`write.${says}`)}
          onConfirm={() =>
            act.mutate(rule.ruleId, {
              onSuccess: () => {
                close();
                onGone();
              },
            })
          }
          onClose={close}
          isPending={act.isPending}
          error={act.error}
        >
          {t(`write.${says}.text`)}
        </ConfirmDialog>
      )}
    </>
  );
}
