import { useMemo } from 'react';
import type { ListedCase, RuleView } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePeople } from '../people/use-people.js';
import { kindKey } from '../portals/kind-names.js';
import { useAccess } from '../session/use-me.js';
import { ruleIdAndText } from './case-words.js';
import type { Searchable } from './find-suggestions.js';

const kinds = ['deal', 'lead', 'contact', 'company', 'invoice', 'activity', 'task'];

/** What can be looked for in a queue, and who accounts and users of the portal are. */
export function useSearchable(
  portalId: string,
  rules: readonly RuleView[] | undefined,
  rows: readonly ListedCase[],
): { searchable: Searchable; nameOf: (id: string) => string } {
  const { t, language } = useSpeech();
  const { me, may } = useAccess();
  const mayReadPeople = may('people.read', portalId);
  const people = usePeople(portalId, { isWanted: mayReadPeople }).data?.items;

  const searchable = useMemo<Searchable>(() => {
    const names = new Map<string, string>();
    for (const { userId, name } of people ?? []) if (userId !== null && name !== null) names.set(userId, name);
    for (const { responsible } of rows) {
      if (responsible?.name != null) names.set(responsible.userId, responsible.name);
    }
    const ruleIds = rules?.map(({ ruleId }) => ruleId) ?? [...new Set(rows.map(({ ruleId }) => ruleId))];
    return {
      people: [...names]
        .map(([userId, name]) => ({ userId, name }))
        .sort((left, right) => left.name.localeCompare(right.name, language)),
      rules: ruleIds.map((ruleId) => ({ ruleId, text: ruleIdAndText(ruleId, rules, language) })),
      kinds: kinds.flatMap((kind) => {
        const key = kindKey(kind);
        if (key === null) return [];
        const name = t(key, { n: 1 });
        return [{ kind, name: name.slice(0, 1).toLocaleUpperCase() + name.slice(1) }];
      }),
    };
  }, [people, rules, rows, language, t]);

  const nameOf = useMemo(() => {
    const names = new Map<string, string>();
    for (const { userId, name, account } of people ?? []) {
      if (userId !== null && name !== null) names.set(userId, name);
      if (account !== null) names.set(account.accountId, account.name);
    }
    if (me !== undefined) names.set(me.accountId, me.name);
    return (id: string) => names.get(id) ?? t('queue.colleague');
  }, [people, me, t]);

  return { searchable, nameOf };
}
