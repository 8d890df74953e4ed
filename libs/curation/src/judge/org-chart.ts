import type { JsonObject, JsonValue } from '@funnelwatch/kernel';
import type { KeptFact } from '../facts/kept-fact.js';
import { byTime, happeningsOf } from '../world/happening.js';

type Fields = JsonObject;

/** Who leads whom in a portal, at any instant that is known of. */
export class OrgChart {
  private readonly users = new Map<string, { at: number; fields: Fields }[]>();
  private readonly departments = new Map<string, { at: number; fields: Fields }[]>();

  /** Takes the facts of users and departments. */
  constructor(facts: readonly KeptFact[]) {
    const streams = Map.groupBy(facts, ({ stream }) => stream);
    for (const [stream, own] of streams) {
      const [kind, id = ''] = stream.split(':');
      const versions = kind === 'user' ? this.users : kind === 'department' ? this.departments : null;
      if (!versions) continue;
      let fields: Fields = {};
      const told: { at: number; fields: Fields }[] = [];
      for (const happening of happeningsOf(own).sort(byTime)) {
        if (happening.type !== 'created' && happening.type !== 'changed') continue;
        fields = { ...fields, ...happening.fields };
        told.push({ at: happening.at, fields });
      }
      versions.set(id, told);
    }
  }

  private fieldsAt(versions: ReadonlyMap<string, { at: number; fields: Fields }[]>, id: string, atMs: number): Fields {
    const known = versions.get(id) ?? [];
    return (known.findLast(({ at }) => at <= atMs) ?? known[0])?.fields ?? {};
  }

  /** The head of a user's department, or of the nearest one above that somebody else leads; null where none is known. */
  headOf(userId: string, atMs: number): string | null {
    const own = this.fieldsAt(this.users, userId, atMs)['departmentIds'];
    let department = idOf(Array.isArray(own) ? own[0] : undefined);
    for (let level = 0; level < 20 && department !== null; level += 1) {
      const fields = this.fieldsAt(this.departments, department, atMs);
      const headId = fields['headId'];
      if (typeof headId === 'string' && headId !== '' && headId !== userId) return headId;
      department = idOf(fields['parentId']);
    }
    return null;
  }

  /** Everybody above a user: heads of their departments and of all above those. Nobody is above themselves. */
  managersOf(userId: string, atMs: number): string[] {
    const heads = [...this.departmentsOf(userId, atMs)].flatMap((id) => {
      const { headId } = this.fieldsAt(this.departments, id, atMs);
      return typeof headId === 'string' && headId !== '' && headId !== userId ? [headId] : [];
    });
    return [...new Set(heads)].sort();
  }

  /** Departments of a user and all above those. */
  departmentsOf(userId: string, atMs: number): ReadonlySet<string> {
    const own = this.fieldsAt(this.users, userId, atMs)['departmentIds'];
    const ahead = Array.isArray(own) ? own.map((id) => String(id as string)) : [];
    const known = new Set<string>();
    for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
      if (known.has(id)) continue;
      known.add(id);
      const parent = idOf(this.fieldsAt(this.departments, id, atMs)['parentId']);
      if (parent !== null) ahead.push(parent);
    }
    return known;
  }

  /** The administrator with the smallest id; null where the portal names none. */
  admin(atMs: number): string | null {
    const admins = [...this.users.keys()].filter((id) => this.fieldsAt(this.users, id, atMs)['isAdmin'] === true);
    return admins.sort((left, right) => Number(left) - Number(right))[0] ?? null;
  }

  /** Ids of all users. */
  get userIds(): string[] {
    return [...this.users.keys()];
  }
}

/** Portals name departments by text or by number; null for none. */
const idOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;
