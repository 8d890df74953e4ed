export interface PersonalNotification {
  id: number;
  userId: number;
  fromUserId: number;
  createdMs: number;
  kind: 'personal' | 'system';
  message: string;
  /** Unique among those of one client: a new one takes the place of the earlier. */
  tag: string | null;
  subTag: string | null;
}

/** Notifications that no later one with the same tag has replaced. */
export class NotificationList {
  private list: readonly PersonalNotification[] = [];
  /** Id of the last one, replaced ones counted. */
  lastId = 0;

  get shown(): readonly PersonalNotification[] {
    return this.list;
  }

  add(notification: Omit<PersonalNotification, 'id'>): void {
    const { tag } = notification;
    const others = tag === null ? this.list : this.list.filter((known) => known.tag !== tag);
    this.lastId += 1;
    this.list = [...others, { id: this.lastId, ...notification }];
  }
}
