import { Link } from '@tanstack/react-router';
import { useSpeech } from '../i18n/i18n.js';
import { noFigure } from './funnel-search.js';
import classes from './funnel-page.module.css';

/** A seller's name that narrows the page to this seller. */
export function SellerLink({ sellerId, name }: { sellerId: string; name: string }) {
  const { t } = useSpeech();
  return (
    <Link
      from="/portals/$portalId/funnel"
      to="."
      search={(before) => ({ ...before, ...noFigure, seller: sellerId })}
      resetScroll={false}
      preload={false}
      className={classes.seller}
      title={t('seller.narrow', { name })}
    >
      {name}
    </Link>
  );
}
