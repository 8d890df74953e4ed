/** The month of one seller: so many letters, 32 meetings, 25 proposals, five sales, one of them of another amount. */
export interface WorkedMonth {
  userId: string;
  /** Ids of records from here on are this seller’s. */
  firstId: number;
  letters: number;
  /** Of one sale; the other four are of 40 000 ₽. */
  amount: string;
}

export const sellers: readonly WorkedMonth[] = [
  { userId: '951', firstId: 951_000, letters: 105, amount: '40000.00' },
  { userId: '952', firstId: 952_000, letters: 104, amount: '40000.00' },
  { userId: '953', firstId: 953_000, letters: 105, amount: '39999.00' },
];

/** Weights 1, 5 and 25 for 890 points, the salary at 50, 80 and 100 %; a cliff at 80, 100 and 120 % of 200 000 ₽. */
export const scheme = {
  name: 'Как в положении',
  currency: 'RUB',
  salary: {
    amount: '20000.00',
    points: {
      target: 890,
      indicators: [
        { indicator: 'letters', weight: 1 },
        { indicator: 'meetings', weight: 5 },
        { indicator: 'proposals', weight: 25 },
      ],
      shape: 'steps',
      table: [
        { from: '0', part: '0.5' },
        { from: '0.5', part: '0.75' },
        { from: '0.8', part: '0.9' },
        { from: '1', part: '1' },
      ],
    },
  },
  commission: {
    counted: 'won',
    quota: '200000.00',
    mode: 'cliff',
    tiers: [
      { from: '0', rate: '0.10' },
      { from: '0.8', rate: '0.12' },
      { from: '1', rate: '0.15' },
      { from: '1.2', rate: '0.18' },
    ],
  },
};

export const proposalStage = 'PREPAYMENT_INVOICE';

export const indicators = {
  letters: { kind: 'activity', activity: 'letter', direction: 'outgoing' },
  meetings: { kind: 'activity', activity: 'meeting', direction: 'any' },
  proposals: { kind: 'stage', pipelineId: 'deal:0', stageId: proposalStage },
} as const;

interface Operations {
  by: string;
  operations: Record<string, unknown>[];
}

const add = (entity: string, id: number, fields: Record<string, unknown>) => ({
  op: 'add',
  entity,
  id: String(id),
  fields,
});

/** Everything that happens in the portal, each by whoever does it. */
export function operationsOf({ userId, firstId, letters, amount }: WorkedMonth): Operations[] {
  const count = (many: number) => Array.from({ length: many }, (_, index) => index);
  const deals = count(25).map((index) => firstId + index);
  const activity = (id: number, kind: Record<string, string>) =>
    add('activity', id, {
      ...{ OWNER_TYPE_ID: '2', OWNER_ID: String(firstId), RESPONSIBLE_ID: userId, AUTHOR_ID: userId },
      ...{ COMPLETED: 'Y', STATUS: '2', PRIORITY: '2', DESCRIPTION_TYPE: '1', SUBJECT: 'Работа', ...kind },
      BINDINGS: [{ OWNER_TYPE_ID: '2', OWNER_ID: String(firstId) }],
    });
  const letter = { TYPE_ID: '4', PROVIDER_ID: 'CRM_EMAIL', PROVIDER_TYPE_ID: 'EMAIL', DIRECTION: '2' };
  const meeting = { TYPE_ID: '1', PROVIDER_ID: 'CRM_MEETING', PROVIDER_TYPE_ID: 'MEETING', DIRECTION: '0' };
  const moved = (id: number, STAGE_ID: string) => ({
    ...{ op: 'update', entity: 'deal', id: String(id), way: 'classic', fields: { STAGE_ID } },
  });
  const employee = { ACTIVE: true, NAME: 'Продавец', LAST_NAME: userId, UF_DEPARTMENT: [1], USER_TYPE: 'employee' };
  return [
    { by: '1', operations: [add('user', Number(userId), employee)] },
    {
      by: userId,
      operations: [
        ...deals.map((id, index) =>
          add('deal', id, {
            ...{ TITLE: `Сделка ${id}`, CATEGORY_ID: '0', STAGE_ID: 'NEW', CURRENCY_ID: 'RUB' },
            ...{ ASSIGNED_BY_ID: userId, OPPORTUNITY: index === 0 ? amount : '40000.00' },
          }),
        ),
        ...count(letters).map((index) => activity(firstId + 100 + index, letter)),
        ...count(32).map((index) => activity(firstId + 300 + index, meeting)),
        ...deals.map((id) => moved(id, proposalStage)),
        ...deals.slice(0, 5).map((id) => moved(id, 'WON')),
      ],
    },
  ];
}
