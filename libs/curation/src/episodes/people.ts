import type { EpisodePeople } from './episode.js';

/** A field of a view that is a text; empty where it has none of that name. */
export const textOf = (view: object, name: string): string => {
  const value: unknown = (view as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
};

/** The people of a subject as its view tells them now; `by` made the event. */
export function peopleOf(view: object, by: string): EpisodePeople {
  return {
    doer: by,
    owner: textOf(view, 'owner'),
    creator: textOf(view, 'creator') || textOf(view, 'author'),
    assignee: textOf(view, 'assignee'),
    editor: textOf(view, 'editor'),
  };
}

/** Whose opportunity it was to keep a rule: the owner, the assignee, or the employee it is about. */
export function personChecked(view: object, subject: string): string {
  if (subject.startsWith('employee:')) return subject.slice('employee:'.length);
  return textOf(view, 'owner') || textOf(view, 'assignee');
}
