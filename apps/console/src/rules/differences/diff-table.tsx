import { Link } from '@tanstack/react-router';
import type { PackDiff, RuleView } from '../../api/schema.js';
import { useSpeech } from '../../i18n/i18n.js';
import classes from './differences.module.css';
import type { ChangedRule } from './diff-values.js';
import { diffFieldText, diffText, isCode } from './diff-values.js';

type DiffProps = {
  portalId: string;
  diff: PackDiff;
  rules: readonly RuleView[];
  /** Titles of rules that the portal does not have yet. */
  titles?: Readonly<Record<string, string>>;
  before: string;
  after: string;
  added: string;
  removed: string;
  /** Which layer a value comes from, in words; null where that is not told. */
  layers: (ruleId: string, path: string) => { before: string | null; after: string | null };
};

/** Rules that differ, and in them field by field what it was and what it is. */
export function Diff(props: DiffProps) {
  const { portalId, diff, rules, titles, added, removed } = props;
  return (
    <div className={classes.diff}>
      {diff.changed.map((changed) => (
        <ChangedRuleTable key={changed.ruleId} {...props} changed={changed} />
      ))}
      <RuleNames {...{ portalId, rules, titles, heading: added }} ruleIds={diff.added} />
      <RuleNames {...{ portalId, rules, titles, heading: removed }} ruleIds={diff.removed} />
    </div>
  );
}

function ChangedRuleTable({ portalId, rules, before, after, layers, changed }: DiffProps & { changed: ChangedRule }) {
  const { t, language } = useSpeech();
  const { ruleId, fields } = changed;
  const rule = rules.find((each) => each.ruleId === ruleId);
  return (
    <section className={classes.changed} data-changed={ruleId}>
      <h3 className={classes.rule}>
        <RuleName portalId={portalId} ruleId={ruleId} title={rule?.title[language]} isKnown={rule !== undefined} />
        <span className={classes.soft}>{t('differences.fields', { n: fields.length })}</span>
      </h3>
      <div className={classes.fields} role="table" aria-label={ruleId}>
        <div className={classes.heading} role="row">
          <span role="columnheader">{t('differences.field')}</span>
          <span role="columnheader">{before}</span>
          <span role="columnheader">{after}</span>
        </div>
        {fields.map((field) => {
          const from = layers(ruleId, field.path);
          const value = (which: 'before' | 'after') => {
            const told = field[which];
            return (
              <span role="cell" className={classes.value} data-which={which}>
                <span className={classes.narrowName} aria-hidden>
                  {which === 'before' ? before : after}
                </span>
                <span
                  className={isCode(field.path) && typeof told === 'string' ? classes.code : classes.text}
                  data-nothing={told === null || undefined}
                >
                  {diffText(field.path, told, language, t)}
                </span>
                {from[which] !== null && <span className={classes.layer}>{from[which]}</span>}
              </span>
            );
          };
          return (
            <div key={field.path} className={classes.field} role="row" data-field={field.path}>
              <span role="rowheader" className={classes.fieldName}>
                {diffFieldText(field.path, rule, language, t)}
              </span>
              {value('before')}
              {value('after')}
            </div>
          );
        })}
      </div>
    </section>
  );
}

type RuleNamesProps = Pick<DiffProps, 'portalId' | 'rules' | 'titles'> & {
  heading: string;
  ruleIds: readonly string[];
};

function RuleNames({ portalId, rules, titles, heading, ruleIds }: RuleNamesProps) {
  const { language } = useSpeech();
  if (ruleIds.length === 0) return null;
  return (
    <section className={classes.changed}>
      <h3 className={classes.rule}>{heading}</h3>
      <ul className={classes.names}>
        {ruleIds.map((ruleId) => {
          const rule = rules.find((each) => each.ruleId === ruleId);
          return (
            <li key={ruleId}>
              <RuleName
                portalId={portalId}
                ruleId={ruleId}
                title={rule?.title[language] ?? titles?.[ruleId]}
                isKnown={rule !== undefined}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A rule by id and title, and the way to it where the portal has it. */
export function RuleName(props: { portalId: string; ruleId: string; title: string | undefined; isKnown: boolean }) {
  const { portalId, ruleId, title, isKnown } = props;
  const text = (
    <>
      <span className={classes.ruleId}>{ruleId}</span> {title === ruleId ? '' : title}
    </>
  );
  if (!isKnown) return <span>{text}</span>;
  return (
    <Link to="/portals/$portalId/rules" params={{ portalId }} search={{ rule: ruleId }} className={classes.toRule}>
      {text}
    </Link>
  );
}
