import { describe, expect, it } from '@jest/globals';
import type { PortalOperation } from '@funnelwatch/portal-generator';
import { RecordIds } from './record-ids.js';

const add = (
  entity: 'deal' | 'activity' | 'task',
  id: string,
  fields: Record<string, unknown> = {},
): PortalOperation => ({
  op: 'add',
  at: 0,
  by: '1',
  entity,
  id,
  fields,
});

describe('ids of records', () => {
  it('are those of the script while no client adds anything', () => {
    const ids = new RecordIds();
    const operation = add('deal', '7');
    expect(ids.place(operation)).toBe(operation);
    expect(ids.next('deal')).toBe(8);
  });

  it('of the script move behind a client’s record, with everything that points at them', () => {
    const ids = new RecordIds();
    ids.place(add('deal', '7'));
    ids.noteClient(add('deal', '8'));
    expect(ids.place(add('deal', '8'))).toMatchObject({ id: '9' });
    expect(
      ids.place({ op: 'update', at: 0, by: '1', entity: 'deal', id: '8', way: 'classic', fields: {} }),
    ).toMatchObject({ id: '9' });
    expect(
      ids.place({ op: 'update', at: 0, by: '1', entity: 'deal', id: '7', way: 'classic', fields: {} }),
    ).toMatchObject({ id: '7' });
    const bindings = [{ OWNER_TYPE_ID: '2', OWNER_ID: '8' }];
    expect(ids.place(add('activity', '1', { OWNER_TYPE_ID: '2', OWNER_ID: '8', BINDINGS: bindings }))).toMatchObject({
      fields: { OWNER_ID: '9', BINDINGS: [{ OWNER_ID: '9' }] },
    });
    expect(ids.place(add('task', '1', { UF_CRM_TASK: ['D_8', 'D_7'] }))).toMatchObject({
      fields: { UF_CRM_TASK: ['D_9', 'D_7'] },
    });
    expect(ids.place({ op: 'merge', at: 0, by: '1', entity: 'deal', id: '7', losers: ['8'] })).toMatchObject({
      losers: ['9'],
    });
    expect(ids.place(add('deal', '9'))).toMatchObject({ id: '10' });
  });
});
