import { Button, Checkbox, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { QualitySettings } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { useAccess } from '../session/use-me.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { ChecklistsPanel } from './checklists-panel.js';
import classes from './quality-page.module.css';
import { useManageQuality, useQualitySettings } from './use-quality.js';

/** The share of second reviews, what curators in training may do, and how much is drawn for audits. */
export function SettingsTab({ portalId }: { portalId: string }) {
  const { t } = useSpeech();
  const { may } = useAccess();
  const settings = useQualitySettings(portalId);
  return (
    <>
      <Panel title={t('controlPlan.title')} note={t('controlPlan.note')}>
        {settings.data === undefined ? (
          settings.isError ? (
            <ErrorState error={settings.error} retry={() => void settings.refetch()} />
          ) : (
            <TableSkeleton rows={4} />
          )
        ) : (
          <SettingsForm
            key={JSON.stringify(settings.data)}
            portalId={portalId}
            settings={settings.data}
            mayManage={may('rules.manage', portalId)}
          />
        )}
      </Panel>
      {may('cases.judge', portalId) && (
        <ChecklistsPanel portalId={portalId} mayManage={may('rules.manage', portalId)} />
      )}
    </>
  );
}

const between = (value: number | string, least: number, most: number): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : null;

function SettingsForm({
  portalId,
  settings,
  mayManage,
}: {
  portalId: string;
  settings: QualitySettings;
  mayManage: boolean;
}) {
  const { t } = useSpeech();
  const { setSettings } = useManageQuality(portalId);
  const [percent, setPercent] = useState<number | string>(settings.secondReviewPercent);
  const [each, setEach] = useState<number | string>(settings.auditsPerSeller);
  const [isRequired, setIsRequired] = useState(settings.requireCalibration);
  const secondReviewPercent = between(percent, 5, 10);
  const auditsPerSeller = between(each, 1, 20);
  const isChanged =
    percent !== settings.secondReviewPercent ||
    each !== settings.auditsPerSeller ||
    isRequired !== settings.requireCalibration;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (secondReviewPercent === null || auditsPerSeller === null) return;
        setSettings.mutate({ secondReviewPercent, auditsPerSeller, requireCalibration: isRequired });
      }}
    >
      <NumberInput
        className={classes.number ?? ''}
        label={t('controlPlan.share')}
        description={t('controlPlan.shareNote')}
        value={percent}
        onChange={setPercent}
        min={5}
        max={10}
        suffix=" %"
        allowDecimal={false}
        disabled={!mayManage}
        error={secondReviewPercent === null && t('controlPlan.shareBounds')}
      />
      <NumberInput
        className={classes.number ?? ''}
        label={t('controlPlan.audits')}
        description={t('controlPlan.auditsNote')}
        value={each}
        onChange={setEach}
        min={1}
        max={20}
        allowDecimal={false}
        disabled={!mayManage}
        error={auditsPerSeller === null && t('controlPlan.auditsBounds')}
      />
      <Checkbox
        label={t('controlPlan.required')}
        description={t('controlPlan.requiredNote')}
        checked={isRequired}
        onChange={(event) => setIsRequired(event.currentTarget.checked)}
        disabled={!mayManage}
      />
      {setSettings.error !== null && <ProblemNote error={setSettings.error} />}
      {mayManage ? (
        <div>
          <Button
            type="submit"
            size="xs"
            disabled={!isChanged || secondReviewPercent === null || auditsPerSeller === null}
            loading={setSettings.isPending}
          >
            {t('controlPlan.save')}
          </Button>
        </div>
      ) : (
        <p className={classes.soft}>{t('controlPlan.readOnly')}</p>
      )}
    </form>
  );
}
