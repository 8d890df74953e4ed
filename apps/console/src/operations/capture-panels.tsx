import type { Portal, Signal } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { ErrorState } from '../ui/states.js';
import { BudgetPanel } from './budget-panel.js';
import { CertificatesPanel } from './certificates-panel.js';
import { FreshnessPanel } from './freshness-panel.js';
import classes from './operations-page.module.css';
import { OutboxPanel } from './outbox-panel.js';
import { QueuesPanel } from './queues-panel.js';
import type { useCapture } from './use-operations.js';

type CapturePanelsProps = {
  capture: ReturnType<typeof useCapture>;
  signals: readonly Signal[];
  portals: readonly Portal[];
};

/** How each portal is read, from the rows that dashboards show as well. */
export function CapturePanels({ capture, signals, portals }: CapturePanelsProps) {
  const { t } = useSpeech();
  const error = capture.isError && <ErrorState error={capture.error} retry={() => void capture.refetch()} />;
  if (capture.data === undefined && capture.isError) {
    return (
      <Panel title={t('fresh.title')} flush>
        {error}
      </Panel>
    );
  }
  const watched = { portals: capture.data?.items, signals };
  const at = capture.data?.at ?? '';
  return (
    <>
      {error}
      <div className={classes.view} data-stale={capture.isError || undefined}>
        <FreshnessPanel {...watched} at={at} known={portals} />
        <BudgetPanel {...watched} at={at} />
        <div className={classes.pair}>
          <CertificatesPanel {...watched} />
          <div className={classes.view}>
            <QueuesPanel {...watched} />
            <OutboxPanel {...watched} />
          </div>
        </div>
      </div>
    </>
  );
}
