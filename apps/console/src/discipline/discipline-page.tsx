import { Select } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Discipline } from '../api/schema.js';
import { CoachingsPanel } from '../coaching/coachings-panel.js';
import { addDays, dayIn, formatDay } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePortal } from '../portals/use-portals.js';
import { ruleIdAndText } from '../queue/case-words.js';
import { useCaseSummary, useRules } from '../queue/use-cases.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import { PageHead } from '../ui/page-head.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { Tabs } from '../ui/tabs.js';
import { WeekBars } from '../ui/week-bars.js';
import { DeadlinesPanel, StagesPanel } from './discipline-panels.js';
import { firstPass, rowsByPerson, rowsByRule, rowsByWeek, totalOf, whyNothing } from './discipline-rows.js';
import type { DisciplineRow } from './discipline-rows.js';
import classes from './discipline-page.module.css';
import { periodOf, views } from './discipline-search.js';
import type { DisciplineSearch, DisciplineView } from './discipline-search.js';
import { DisciplineTable } from './discipline-table.js';
import { PartOf } from './part-of.js';
import { useDiscipline } from './use-discipline.js';
import { WeekPicker } from './week-picker.js';

const route = getRouteApi('/portals/$portalId/discipline');

/** How well the standard is kept: violations of checks, and what is done about them. */
export function DisciplinePage() {
  const { t, language } = useSpeech();
  const { portalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const { may, ownUsersIn } = useAccess();
  const zone = portal?.zone ?? 'Europe/Moscow';
  const today = dayIn(new Date(), zone);
  const period = periodOf(search, today);
  const view = search.by ?? 'rule';
  const rules = useRules(portalId, may('rules.read', portalId)).data?.items;
  const answer = useDiscipline(portalId, period, search);
  // What can be chosen does not shrink with what is chosen.
  const everything = useDiscipline(portalId, period, {}).data;
  const own = ownUsersIn(portalId);
  const isOwn = own !== null && !may('cases.judge', portalId);

  useEffect(() => {
    document.title = [t('discipline.title'), portal?.name, 'Funnelwatch']
      .filter((part) => part !== undefined)
      .join(' · ');
  }, [t, portal?.name]);

  const set = (change: { [name in keyof DisciplineSearch]: DisciplineSearch[name] | undefined }) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)),
      resetScroll: false,
    });
  useKeys({
    Digit1: () => set({ by: undefined }),
    Digit2: () => set({ by: 'person' }),
    Digit3: () => set({ by: 'week' }),
  });

  const titleOf = (ruleId: string) => {
    // Employees do not read rules, but what those that concern them are called.
    const title = everything?.byRule.find((each) => each.ruleId === ruleId)?.title;
    return title == null ? ruleIdAndText(ruleId, rules, language) : `${ruleId} ${title[language]}`;
  };
  const people =
    everything === undefined ? [] : rowsByPerson(everything, language, (id) => t('seller.nameless', { id }));
  const chosenIsMissing = (value: string | undefined, known: readonly { value: string }[]) =>
    value !== undefined && !known.some((each) => each.value === value);
  const ruleChoice = (everything?.byRule ?? []).map(({ ruleId }) => ({ value: ruleId, label: titleOf(ruleId) }));
  const personChoice = people.flatMap(({ key, name }) => (name === null ? [] : [{ value: key, label: name }]));
  if (chosenIsMissing(search.rule, ruleChoice)) {
    ruleChoice.push({ value: search.rule ?? '', label: titleOf(search.rule ?? '') });
  }
  if (chosenIsMissing(search.person, personChoice)) {
    personChoice.push({ value: search.person ?? '', label: t('seller.nameless', { id: search.person ?? '' }) });
  }
  return (
    <div className={classes.page}>
      <PageHead title={t(isOwn ? 'discipline.own' : 'discipline.title')} lead={t('discipline.lead')}>
        <div className={classes.tools}>
          <WeekPicker period={period} today={today} onPeriod={set} />
          <Select
            size="xs"
            className={classes.filter ?? ''}
            label={t('discipline.rule')}
            placeholder={t('discipline.allRules')}
            data={ruleChoice}
            value={search.rule ?? null}
            onChange={(value) => set({ rule: value ?? undefined })}
            clearable
            searchable
            nothingFoundMessage={t('rules.nothing')}
          />
          {!isOwn && (
            <Select
              size="xs"
              className={classes.filter ?? ''}
              label={t('discipline.person')}
              placeholder={t('discipline.allPeople')}
              data={personChoice}
              value={search.person ?? null}
              onChange={(value) => set({ person: value ?? undefined })}
              clearable
              searchable
              nothingFoundMessage={t('discipline.noPerson')}
            />
          )}
        </div>
      </PageHead>
      {answer.data === undefined ? (
        answer.isError ? (
          <ErrorState error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <TableSkeleton rows={10} />
        )
      ) : answer.data.cells.length === 0 ? (
        <Nothing
          portalId={portalId}
          zone={zone}
          isNarrowed={search.rule !== undefined || search.person !== undefined}
        />
      ) : (
        <Figures
          portalId={portalId}
          discipline={answer.data}
          search={search}
          view={view}
          titleOf={titleOf}
          onView={(next) => set({ by: next === 'rule' ? undefined : next })}
        />
      )}
      {may('cases.judge', portalId) && <CoachingsPanel portalId={portalId} zone={zone} titleOf={titleOf} />}
    </div>
  );
}

type FiguresProps = {
  portalId: string;
  discipline: Discipline;
  search: DisciplineSearch;
  view: DisciplineView;
  titleOf: (ruleId: string) => string;
  onView: (view: DisciplineView) => void;
};

function Figures({ portalId, discipline, search, view, titleOf, onView }: FiguresProps) {
  const { t, language } = useSpeech();
  const { from, to } = discipline;
  const total = totalOf(discipline);
  const clean = firstPass(discipline);
  const { answered, repeated } = discipline.repeats;
  const verdicts = discipline.sla.reduce((sum, each) => sum + each.verdicts, 0);
  const inTime = discipline.sla.reduce((sum, each) => sum + each.inTime, 0);
  const counted = {
    lane: 'violations' as const,
    ...{ from, to },
    ...(search.rule !== undefined && { rule: search.rule }),
    ...(search.person !== undefined && { person: search.person }),
  };
  const share = (part: number, whole: number) => (whole < 5 ? null : formatPercent(part / whole, language));
  const tiles = [
    {
      ...{ key: 'violations', name: t('discipline.violations'), note: t('discipline.checks') },
      ...{ part: total.violations, whole: total.checks, cases: counted },
    },
    {
      ...{ key: 'repeats', name: t('discipline.repeats'), note: t('discipline.repeatsNote') },
      ...{ part: repeated, whole: answered, cases: null },
    },
    {
      ...{ key: 'sla', name: t('discipline.sla'), note: t('discipline.slaTile') },
      ...{ part: inTime, whole: verdicts, cases: null },
    },
    {
      ...{ key: 'first-pass', name: t('discipline.firstPass'), note: t('discipline.firstPassTile') },
      ...{ part: clean.clean, whole: clean.left, cases: null },
    },
  ];
  return (
    <>
      <dl className={classes.tiles}>
        {tiles.map(({ key, name, note, part, whole, cases }) => (
          <div key={key} data-tile={key}>
            <dt>{name}</dt>
            <dd className={classes.big}>
              {whole === 0 ? (
                <span className={classes.soft}>{t('discipline.nothing')}</span>
              ) : (
                <PartOf portalId={portalId} part={part} whole={whole} cases={cases} label={name} />
              )}
              {share(part, whole) !== null && <span className={classes.percent}>{share(part, whole)}</span>}
            </dd>
            <dd className={classes.note}>{note}</dd>
          </div>
        ))}
      </dl>
      <Tabs
        label={t('discipline.views')}
        tabs={views.map((each, at) => ({ value: each, text: t(`discipline.view.${each}`), key: String(at + 1) }))}
        value={view}
        controls="discipline-view"
        onChange={onView}
      />
      <div id="discipline-view" role="tabpanel" aria-labelledby={`tab-${view}`} className={classes.view}>
        <ByView {...{ portalId, discipline, search, view, titleOf, onView }} counted={counted} />
      </div>
      <div className={classes.pair}>
        <DeadlinesPanel portalId={portalId} discipline={discipline} />
        <StagesPanel portalId={portalId} discipline={discipline} />
      </div>
    </>
  );
}

type Counted = { lane: 'violations'; from: string; to: string; rule?: string; person?: string };

function ByView({ portalId, discipline, search, view, titleOf, counted }: FiguresProps & { counted: Counted }) {
  const { t, language } = useSpeech();
  const narrow = (change: DisciplineSearch, text: string, title: string) => (
    <Link
      from="/portals/$portalId/discipline"
      to="."
      search={(before) => ({ ...before, ...change })}
      resetScroll={false}
      preload={false}
      className={classes.narrow}
      title={title}
    >
      {text}
    </Link>
  );
  if (view === 'week') {
    const rows = rowsByWeek(discipline);
    const casesOf = ({ key }: DisciplineRow) => ({ ...counted, from: key, to: addDays(key, 7) });
    return (
      <>
        <Panel title={t('discipline.byWeek')} note={t('discipline.byWeekNote')}>
          <WeekBars
            label={t('discipline.violations')}
            hasTable={false}
            points={[...rows].reverse().map(({ key, violations, checks }) => ({
              week: key,
              value: checks === 0 ? 0 : violations / checks,
              text: t('discipline.partOf', { part: violations, n: checks }),
            }))}
          />
        </Panel>
        <Panel title={t('discipline.view.week')} flush>
          <DisciplineTable
            portalId={portalId}
            heading={t('weeks.week')}
            hasWeeks={false}
            casesOf={casesOf}
            rows={rows.map((row) => ({
              ...row,
              title: formatDay(row.key, language),
              name: formatDay(row.key, language),
            }))}
          />
        </Panel>
      </>
    );
  }
  if (view === 'person') {
    return (
      <Panel title={t('discipline.view.person')} note={t('discipline.byPersonNote')} flush>
        <DisciplineTable
          portalId={portalId}
          heading={t('discipline.person')}
          hasWeeks
          casesOf={({ key }) => (key === '' ? null : { ...counted, person: key })}
          rows={rowsByPerson(discipline, language, (id) => t('seller.nameless', { id })).map((row) => {
            const title = row.name ?? t('discipline.nobody');
            const isPlain = row.name === null || search.person === row.key;
            return {
              ...row,
              title,
              name: isPlain ? title : narrow({ person: row.key, by: 'rule' }, title, t('discipline.onlyPerson')),
            };
          })}
        />
      </Panel>
    );
  }
  return (
    <Panel title={t('discipline.view.rule')} note={t('discipline.byRuleNote')} flush>
      <DisciplineTable
        portalId={portalId}
        heading={t('discipline.rule')}
        hasWeeks
        casesOf={({ key }) => ({ ...counted, rule: key })}
        rows={rowsByRule(discipline).map((row) => {
          const title = titleOf(row.key);
          const name =
            search.rule === row.key ? title : narrow({ rule: row.key, by: 'week' }, title, t('discipline.onlyRule'));
          return { ...row, title, name };
        })}
      />
    </Panel>
  );
}

/** Nothing was found is told apart from nothing was looked at. */
function Nothing({ portalId, zone, isNarrowed }: { portalId: string; zone: string; isNarrowed: boolean }) {
  const { t, language } = useSpeech();
  const { may } = useAccess();
  const summary = useCaseSummary(portalId).data;
  if (summary === undefined) return <TableSkeleton rows={4} />;
  const why = isNarrowed && summary.checks > 0 ? 'none-narrowed' : whyNothing(summary);
  const at = summary.clock === null ? '—' : formatMoment(summary.clock, zone, language, Date.now());
  return (
    <EmptyState title={t(`discipline.empty.${why}.title`)}>
      <p>{t(`discipline.empty.${why}.text`, { n: summary.checks, at })}</p>
      {(why === 'no-rules' || why === 'not-begun') && may('rules.read', portalId) && (
        <Link to="/portals/$portalId/rules" params={{ portalId }} search={{}}>
          {t('discipline.toRules')}
        </Link>
      )}
      {why === 'none-narrowed' && (
        <Link from="/portals/$portalId/discipline" to="." search={({ rule: _r, person: _p, ...rest }) => rest}>
          {t('discipline.dropFilters')}
        </Link>
      )}
    </EmptyState>
  );
}
