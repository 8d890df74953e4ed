import type { AnswerPage } from '../api/schema.js';
import { formatInstantLong } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { recordText } from '../queue/case-words.js';
import { ExternalIcon } from '../ui/icons.js';
import frame from '../session/public-frame.module.css';
import classes from './answer-page.module.css';

/** What was noticed: the rule, the record, the moment, and the fix that is asked for. */
export function Noticed({ page }: { page: AnswerPage }) {
  const { t, language } = useSpeech();
  return (
    <>
      <header className={classes.head}>
        <p className={classes.portal}>{page.portalName}</p>
        <h1 id="answer-title" className={frame.title}>
          {page.ruleTitle[language]}
        </h1>
      </header>
      <dl className={classes.facts}>
        <div>
          <dt>{t('reply.record')}</dt>
          <dd>
            {page.portalUrl === null ? (
              recordText(page.about, t)
            ) : (
              <a href={page.portalUrl} target="_blank" rel="noreferrer noopener">
                {recordText(page.about, t)} <ExternalIcon />
              </a>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('reply.when')}</dt>
          <dd>
            <time dateTime={page.startedAt}>{formatInstantLong(page.startedAt, page.zone, language)}</time>
          </dd>
        </div>
      </dl>
      <section>
        <h2 className={classes.name}>{t('reply.clause')}</h2>
        <p className={classes.clause}>{page.clause[language]}</p>
      </section>
      <section>
        <h2 className={classes.name}>{t('reply.fix')}</h2>
        <p className={classes.fix}>{page.feedback[language]}</p>
      </section>
    </>
  );
}
