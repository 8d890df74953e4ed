import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RuleDetail, RuleView } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import classes from './own-rule-part.module.css';
import { originsByLayer } from './rule-origins.js';
import { useManageRules } from './use-rules.js';
import { TakeBack } from './write-rule/draft-panel.js';
import { fieldText } from './write-rule/fault-words.js';
import { textAt } from './write-rule/rule-draft.js';

type OwnRulePartProps = {
  portalId: string;
  rule: RuleView;
  /** Undefined while it is read. */
  detail: RuleDetail | undefined;
};

/** Ways to write the rule, and what is being written of it and not in force. */
export function OwnRulePart({ portalId, rule, detail }: OwnRulePartProps) {
  const { t } = useSpeech();
  const { ruleId, status, hasDraft, isOwn } = rule;
  const isOnlyDraft = status === 'draft';
  const isOn = status === 'shadow' || status === 'active';
  return (
    <div className={classes.own}>
      {hasDraft && (
        <p className={classes.draft} role="note">
          {t('write.draftNote', { version: detail?.draft == null ? '…' : textAt(detail.draft, 'version') })}{' '}
          {t(isOnlyDraft || !isOn ? 'write.draftOnly' : 'write.draftOn')}
        </p>
      )}
      <div className={classes.actions}>
        <Button
          size="xs"
          variant={hasDraft ? 'light' : 'default'}
          renderRoot={(props) => (
            <Link {...props} to="/portals/$portalId/rules/$ruleId/edit" params={{ portalId, ruleId }} />
          )}
        >
          {t(hasDraft ? 'write.continue' : isOwn ? 'write.edit' : 'write.asOwn')}
        </Button>
        {hasDraft && isOn && <PutInForce portalId={portalId} ruleId={ruleId} status={status} />}
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => (
            <Link {...props} to="/portals/$portalId/rules/new" params={{ portalId }} search={{ like: ruleId }} />
          )}
        >
          {t('write.copy')}
        </Button>
        {detail !== undefined && <TakeBack portalId={portalId} detail={detail} onGone={() => undefined} />}
      </div>
    </div>
  );
}

function PutInForce({ portalId, ruleId, status }: { portalId: string; ruleId: string; status: 'shadow' | 'active' }) {
  const { t } = useSpeech();
  const { setStatus } = useManageRules(portalId);
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsks(true)}>
        {t('write.force')}
      </Button>
      {asks && (
        <ConfirmDialog
          isOpen
          isHarmless
          title={t('write.force.title', { rule: ruleId })}
          confirm={t('write.force')}
          onConfirm={() => setStatus.mutate({ ruleId, status }, { onSuccess: () => setAsks(false) })}
          onClose={() => {
            setAsks(false);
            setStatus.reset();
          }}
          isPending={setStatus.isPending}
          error={setStatus.error}
        >
          {t('write.force.text')}
        </ConfirmDialog>
      )}
    </>
  );
}

/** Which layer says what of the rule. */
export function RuleOrigins({ detail, packId }: { detail: RuleDetail; packId: string }) {
  const { t } = useSpeech();
  const layers = originsByLayer(detail.origins, packId);
  const [only] = layers;
  if (layers.length === 1 && only?.layer === packId) {
    return <p className={classes.soft}>{t('write.allFromPack', { layer: packId })}</p>;
  }
  return (
    <dl className={classes.origins}>
      {layers.map(({ layer, fields }) => (
        <div key={layer}>
          <dt>
            {layer === 'portal'
              ? t('write.fromPortal')
              : t(layer === packId ? 'write.fromPack' : 'write.fromLayer', { layer })}
          </dt>
          <dd>
            {layer === packId
              ? t('write.restFromPack')
              : fields.map((field) => (field === 'rule' ? t('write.wholeRule') : fieldText(field, t))).join(', ')}
          </dd>
        </div>
      ))}
    </dl>
  );
}
