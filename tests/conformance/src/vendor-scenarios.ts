import { AjaxError, type AjaxResult, ApiVersion, B24Hook, ParamsFactory, SdkError } from '@bitrix24/b24jssdk';

/** What a scenario found, in plain JSON. */
export type Finding = Record<string, unknown>;

export type Scenario = (client: B24Hook) => Promise<Finding>;

interface Row {
  ID: string;
}

interface Item {
  id: number;
}

async function failureOf(run: () => Promise<{ isSuccess: boolean; getErrors(): Iterable<Error> }>): Promise<Finding> {
  try {
    const result = await run();
    if (result.isSuccess) return { failed: false };
    const [error] = [...result.getErrors()];
    return describe(error);
  } catch (error) {
    return describe(error);
  }
}

function describe(error: unknown): Finding {
  if (error instanceof AjaxError || error instanceof SdkError) {
    return { failed: true, code: error.code, status: error.status, message: error.message };
  }
  return { failed: true, message: error instanceof Error ? error.message : String(error) };
}

/** Everything the vendor's client is asked to do. It knows nothing of the simulator: it gets an address. */
export const scenarios: Record<string, Scenario> = {
  whoAmI: async (client) => {
    const response = await client.actions.v2.call.make<Row & { ADMIN: boolean }>({ method: 'profile' });
    return { profile: response.getData()?.result };
  },

  countedPages: async (client) => {
    const ids: string[] = [];
    let start: number | undefined = 0;
    let total = 0;
    while (start !== undefined) {
      const response: AjaxResult<Row[]> = await client.actions.v2.call.make<Row[]>({
        method: 'crm.activity.list',
        params: { order: { ID: 'ASC' }, select: ['ID'], start },
      });
      ids.push(...(response.getData()?.result ?? []).map((row) => row.ID));
      total = response.getTotal();
      start = response.isMore() ? start + 50 : undefined;
    }
    return { ids, total };
  },

  wholeClassicList: async (client) => {
    const response = await client.actions.v2.callList.make<Row>({
      method: 'crm.activity.list',
      params: { select: ['ID'] },
    });
    return { ids: (response.getData() ?? []).map((row) => row.ID) };
  },

  wholeItemList: async (client) => {
    const response = await client.actions.v2.callList.make<Item>({
      method: 'crm.item.list',
      params: { entityTypeId: 2, select: ['id'] },
      idKey: 'id',
      customKeyForResult: 'items',
    });
    return { ids: (response.getData() ?? []).map((item) => String(item.id)) };
  },

  fetchedHistory: async (client) => {
    const sizes: number[] = [];
    const stages = new Set<string>();
    const generator = client.actions.v2.fetchList.make<Row & { STAGE_ID: string }>({
      method: 'crm.stagehistory.list',
      params: { entityTypeId: 2 },
      customKeyForResult: 'items',
    });
    for await (const chunk of generator) {
      sizes.push(chunk.length);
      for (const row of chunk) stages.add(row.STAGE_ID);
    }
    return { sizes, stages: [...stages] };
  },

  fetchedTasks: async (client) => {
    const ids: string[] = [];
    const generator = client.actions.v2.fetchList.make<{ id: string }>({
      method: 'tasks.task.list',
      params: { select: ['ID', 'TITLE'] },
      idKey: 'id',
      cursorIdKey: 'ID',
      customKeyForResult: 'tasks',
    });
    for await (const chunk of generator) ids.push(...chunk.map((task) => task.id));
    return { ids };
  },

  namedBatch: async (client) => {
    const response = await client.actions.v2.batch.make({
      calls: {
        deals: { method: 'crm.deal.list', params: { select: ['ID', 'TITLE'], order: { ID: 'ASC' }, start: -1 } },
        first: { method: 'crm.deal.get', params: { id: '$result[deals][0][ID]' } },
        users: ['user.get', { FILTER: { ACTIVE: true } }],
      },
      options: { isHaltOnError: true },
    });
    const data = response.getData() as { deals: Row[]; first: Row; users: Row[] };
    return { isSuccess: response.isSuccess, deals: data.deals.length, first: data.first.ID, users: data.users.length };
  },

  batchWithError: async (client) => {
    const response = await client.actions.v2.batch.make({
      calls: [
        ['crm.item.get', { entityTypeId: 2, id: 1 }],
        ['crm.item.get', { entityTypeId: 2, id: 999_999 }],
        ['user.current', {}],
      ],
      options: { isHaltOnError: false },
    });
    const rows = (response.getData() ?? []) as unknown[];
    return {
      isSuccess: response.isSuccess,
      errors: response.getErrorMessagesByKey(),
      rows: Object.values(rows).length,
    };
  },

  batchByChunk: async (client) => {
    const calls = Array.from({ length: 120 }, (_, index): [string, { id: number }] => [
      'crm.lead.get',
      { id: (index % 5) + 1 },
    ]);
    const response = await client.actions.v2.batchByChunk.make<Row>({ calls, options: { isHaltOnError: false } });
    return { isSuccess: response.isSuccess, rows: (response.getData() ?? []).length };
  },

  write: async (client) => {
    const added = await client.actions.v2.call.make<number>({
      method: 'crm.deal.add',
      params: { fields: { TITLE: 'Сделка клиента', OPPORTUNITY: 1500.5, CATEGORY_ID: 0 } },
    });
    const id = added.getData()?.result ?? 0;
    await client.actions.v2.call.make({ method: 'crm.deal.update', params: { id, fields: { STAGE_ID: 'WON' } } });
    const read = await client.actions.v2.call.make<{ item: Finding }>({
      method: 'crm.item.get',
      params: { entityTypeId: 2, id },
    });
    const { stageId, closed, opportunity } = read.getData()?.result.item ?? {};
    const deleted = await client.actions.v2.call.make<boolean>({ method: 'crm.deal.delete', params: { id } });
    return { stageId, closed, opportunity, deleted: deleted.getData()?.result };
  },

  missingObject: (client) =>
    failureOf(() => client.actions.v2.call.make({ method: 'crm.deal.get', params: { id: 999_999 } })),

  missingItem: (client) =>
    failureOf(() => client.actions.v2.call.make({ method: 'crm.item.get', params: { entityTypeId: 2, id: 999_999 } })),

  unknownMethod: (client) => failureOf(() => client.actions.v2.call.make({ method: 'crm.nothing.list' })),

  anyCall: (client) =>
    failureOf(() => client.actions.v2.call.make({ method: 'crm.deal.list', params: { select: ['ID'] } })),

  healthy: async (client) => ({ isHealthy: await client.tools.healthCheck.make() }),
};

/** A client as its documentation tells to make one. */
export function vendorClient(webhookUrl: string): B24Hook {
  const client = B24Hook.fromWebhookUrl(webhookUrl, {
    restrictionParams: { ...ParamsFactory.getDefault(), retryDelay: 200 },
  });
  client.offClientSideWarning();
  client.getHttpClient(ApiVersion.v2).ajaxClient.defaults.timeout = 10_000;
  return client;
}
