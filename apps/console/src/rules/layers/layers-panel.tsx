import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PackLayer } from '../../api/schema.js';
import { useSpeech } from '../../i18n/i18n.js';
import { Panel } from '../../ui/panel.js';
import { ErrorState } from '../../ui/states.js';
import { useLayers, useManageLayers } from './use-layers.js';
import classes from './layers.module.css';

type LayersPanelProps = { portalId: string; onOpen: (layer: PackLayer) => void };

/** The layers that lie between the pack and the portal: what each changes, and taking one out, with a way back. */
export function LayersPanel({ portalId, onOpen }: LayersPanelProps) {
  const { t } = useSpeech();
  const layers = useLayers(portalId);
  const { set, remove } = useManageLayers(portalId);
  const [removed, setRemoved] = useState<PackLayer | null>(null);
  const items = layers.data?.items ?? [];
  const isBusy = set.isPending || remove.isPending;
  if (layers.isError) return <ErrorState error={layers.error} retry={() => void layers.refetch()} />;
  if (layers.data === undefined) return null;
  const takeOut = (layer: PackLayer) => {
    set.reset();
    remove.mutate(layer.id, { onSuccess: () => setRemoved(layer) });
  };
  const putBack = (layer: PackLayer) => {
    remove.reset();
    set.mutate(layer, { onSuccess: () => setRemoved(null) });
  };
  return (
    <Panel title={t('layers.title')} note={t('layers.note')}>
      {items.length === 0 && removed === null && <p className={classes.soft}>{t('layers.none')}</p>}
      <ul className={classes.layers}>
        {items.toReversed().map((layer) => (
          <li key={layer.id} className={classes.layer}>
            <div className={classes.what}>
              <span className={classes.name}>
                {layer.id}{' '}
                <span className={classes.soft}>{t('layers.version', { version: String(layer.version) })}</span>
              </span>
              <span className={classes.soft}>
                {t('layers.changes', { n: Object.keys(layer.rules).length })}: {Object.keys(layer.rules).join(', ')}
              </span>
              {layer.unfit.length > 0 && (
                <span className={classes.unfit}>
                  {t('layers.unfit', { rules: layer.unfit.map(({ ruleId }) => ruleId).join(', ') })}
                </span>
              )}
            </div>
            <Button size="xs" variant="default" onClick={() => onOpen(layer)}>
              {t('layers.open')}
            </Button>
            <Button size="xs" variant="default" disabled={isBusy} onClick={() => takeOut(layer)}>
              {t('layers.remove', { layer: layer.id })}
            </Button>
          </li>
        ))}
      </ul>
      {removed !== null && (
        <p className={classes.undo} role="status">
          {t('layers.removed', { layer: removed.id })}{' '}
          <Button size="compact-xs" variant="subtle" loading={set.isPending} onClick={() => putBack(removed)}>
            {t('layers.putBack')}
          </Button>
        </p>
      )}
      {remove.isError && <ErrorState error={remove.error} />}
      {set.isError && <ErrorState error={set.error} />}
    </Panel>
  );
}
