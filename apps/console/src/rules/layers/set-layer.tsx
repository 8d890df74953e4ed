import { Button } from '@mantine/core';
import type { PreviewPack } from '../../api/schema.js';
import { useSpeech } from '../../i18n/i18n.js';
import { ErrorState } from '../../ui/states.js';
import { useManageLayers } from './use-layers.js';
import classes from './layers.module.css';

/** Puts the one layer that was previewed in between the pack and the portal. */
export function SetLayer({ portalId, layer }: { portalId: string; layer: PreviewPack['layers'][number] }) {
  const { t } = useSpeech();
  const { set } = useManageLayers(portalId);
  return (
    <div className={classes.set}>
      <Button size="xs" loading={set.isPending} disabled={set.isSuccess} onClick={() => set.mutate(layer)}>
        {t('layers.set', { layer: layer.id })}
      </Button>
      <span className={classes.soft} role="status">
        {set.isSuccess ? t('layers.isSet', { n: set.data.switched.length }) : t('layers.setNote')}
      </span>
      {set.isError && <ErrorState error={set.error} />}
    </div>
  );
}
