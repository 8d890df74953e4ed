import { Link } from '@tanstack/react-router';
import { useSpeech } from '../i18n/i18n.js';
import { EmptyState } from '../ui/states.js';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useSpeech();
  return (
    <EmptyState title={t('notFound.title')}>
      <Link to="/portals">{t('notFound.back')}</Link>
    </EmptyState>
  );
}
