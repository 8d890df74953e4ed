import type { Severity } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './severity-mark.module.css';

/** How grave a breach is. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useSpeech();
  return (
    <span className={classes.mark} data-severity={severity} title={t(`severity.${severity}`)}>
      {severity}
    </span>
  );
}
