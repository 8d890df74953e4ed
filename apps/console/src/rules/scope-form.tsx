import { Button, MultiSelect, TagsInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import type { RuleScope, RuleView } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePeople } from '../people/use-people.js';
import { ProblemNote } from '../portals/problem-note.js';
import { usePipelineStages } from '../queue/use-cases.js';
import { useAccess } from '../session/use-me.js';
import { isSameScope, narrowedBy, tidy } from './rule-scope.js';
import classes from './rules-page.module.css';
import { useManageRules } from './use-rules.js';

type ScopeFormProps = { portalId: string; rule: RuleView; mayManage: boolean };

/** Where a rule applies: read, or set by whoever may. */
export function ScopeForm({ portalId, rule, mayManage }: ScopeFormProps) {
  const { t, language } = useSpeech();
  const { setScope } = useManageRules(portalId);
  const [scope, setDraft] = useState<RuleScope>(rule.scope);
  const { byStages, byPeople } = narrowedBy(rule.on);
  const isChanged = !isSameScope(scope, rule.scope);
  const change = (part: RuleScope) => setDraft({ ...scope, ...part });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) setScope.mutate({ ruleId: rule.ruleId, scope: tidy(scope) });
      }}
    >
      <p className={classes.soft}>{t('scope.note')}</p>
      {byStages && <StageFields portalId={portalId} rule={rule} {...{ scope, change, mayManage }} />}
      {byPeople && <PeopleFields portalId={portalId} {...{ scope, change, mayManage }} />}
      <DatePickerInput
        size="xs"
        label={t('scope.from')}
        placeholder={t('scope.always')}
        value={scope.from ?? null}
        onChange={(from) => setDraft(tidy({ ...scope, from: from ?? '' }))}
        readOnly={!mayManage}
        clearable={mayManage}
        locale={language}
        firstDayOfWeek={1}
        valueFormat="D MMM YYYY"
      />
      {setScope.isError && <ProblemNote error={setScope.error} />}
      {mayManage && (
        <div className={classes.actions}>
          <Button type="submit" size="xs" disabled={!isChanged} loading={setScope.isPending}>
            {t('scope.save')}
          </Button>
          {isChanged && (
            <Button size="xs" variant="default" onClick={() => setDraft(rule.scope)}>
              {t('cancel')}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

type FieldsProps = { portalId: string; scope: RuleScope; change: (part: RuleScope) => void; mayManage: boolean };

function StageFields({ portalId, rule, scope, change, mayManage }: FieldsProps & { rule: RuleView }) {
  const { t } = useSpeech();
  const pipelines = (usePipelineStages(portalId).data?.items ?? []).filter(({ pipelineId }) =>
    rule.on.includes(pipelineId.split(':')[0] ?? ''),
  );
  const chosen = scope.pipelines ?? [];
  const offered = pipelines.filter(({ pipelineId }) => chosen.length === 0 || chosen.includes(pipelineId));
  const named = (ids: readonly string[], known: { value: string; label: string }[]) => [
    ...known,
    // What the portal has no longer can still be taken out.
    ...ids.filter((id) => known.every(({ value }) => value !== id)).map((id) => ({ value: id, label: id })),
  ];
  return (
    <>
      <MultiSelect
        size="xs"
        label={t('scope.pipelines')}
        placeholder={chosen.length === 0 ? t('scope.all') : ''}
        data={named(
          chosen,
          pipelines.map(({ pipelineId, name }) => ({ value: pipelineId, label: name })),
        )}
        value={chosen}
        onChange={(value) => change({ pipelines: value })}
        readOnly={!mayManage}
      />
      <MultiSelect
        size="xs"
        label={t('scope.stages')}
        placeholder={(scope.stages ?? []).length === 0 ? t('scope.all') : ''}
        data={named(scope.stages ?? [], [
          ...new Map(
            offered.flatMap(({ name, stages }) =>
              stages.map((stage): [string, { value: string; label: string }] => [
                stage.stageId,
                { value: stage.stageId, label: offered.length > 1 ? `${stage.name} (${name})` : stage.name },
              ]),
            ),
          ).values(),
        ])}
        value={scope.stages ?? []}
        onChange={(value) => change({ stages: value })}
        readOnly={!mayManage}
        searchable
      />
    </>
  );
}

function PeopleFields({ portalId, scope, change, mayManage }: FieldsProps) {
  const { t } = useSpeech();
  const mayReadPeople = useAccess().may('people.read', portalId);
  const people = usePeople(portalId, { isWanted: mayReadPeople }).data?.items ?? [];
  const chosen = scope.users ?? [];
  const known = people.flatMap(({ userId, name }) =>
    userId === null ? [] : [{ value: userId, label: name ?? userId }],
  );
  return (
    <>
      <MultiSelect
        size="xs"
        label={t('scope.users')}
        placeholder={chosen.length === 0 ? t('scope.everybody') : ''}
        data={[
          ...known,
          ...chosen.filter((id) => known.every(({ value }) => value !== id)).map((id) => ({ value: id, label: id })),
        ]}
        value={chosen}
        onChange={(value) => change({ users: value })}
        readOnly={!mayManage}
        searchable
      />
      <TagsInput
        size="xs"
        label={t('scope.departments')}
        description={t('scope.departmentsNote')}
        placeholder={(scope.departments ?? []).length === 0 ? t('scope.all') : ''}
        value={scope.departments ?? []}
        onChange={(value) => change({ departments: value.filter((id) => /^\d{1,18}$/.test(id)) })}
        readOnly={!mayManage}
      />
    </>
  );
}
