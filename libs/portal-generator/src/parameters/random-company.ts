import { DateTime } from 'luxon';
import { DAY_MS } from '../world/portal-calendar.js';
import { Randomness } from '../world/randomness.js';
import type { CompanyParameters, ConfigurationChange } from './company-parameters.js';
import { invoicePipeline, leadPipeline, retailPipeline, wholesalePipeline } from './main-pipelines.js';
import { departments, people } from './people.js';
import { frequentQuirks, hurried } from './tiny-company.js';

const zones = ['Europe/Moscow', 'Europe/Moscow', 'Europe/Kaliningrad', 'Asia/Yekaterinburg', 'Asia/Vladivostok'];

/**
 * A small company for trying rules on, different for each seed: five to six weeks somewhere in 2026, with the end of a
 * month and often holidays in them, every awkward case, and a breach of every rule of docs/rules.md but A09 and O02.
 */
export function randomCompany(seed: number): CompanyParameters {
  const random = new Randomness(seed * 104_729 + 11);
  const zone = random.pick(zones);
  const end = DateTime.fromObject(
    {
      year: 2026,
      month: random.integer(2, 11),
      day: random.integer(9, 26),
      hour: random.integer(0, 23),
      minute: random.integer(0, 59),
      second: random.integer(0, 59),
    },
    { zone },
  );
  const days = random.integer(35, 42);
  const endAt = end.toMillis();
  const startAt = end.minus({ days }).startOf('day').toMillis();
  const deals = random.integer(25, 45);
  return {
    seed,
    startAt,
    endAt,
    zone,
    keepsWorkingHours: random.chance(0.7),
    currency: 'RUB',
    foreignCurrency: { code: 'USD', name: 'Доллар США', rate: '92.5000' },
    people,
    departments,
    pipelines: [
      hurried(retailPipeline(), deals * 0.6, random),
      hurried(wholesalePipeline(), deals * 0.4, random),
      hurried(leadPipeline(), deals * 0.4, random),
      { ...invoicePipeline(), medianDwellDays: [0.3, 2] },
    ],
    quirks: frequentQuirks,
    imports: [
      {
        at: startAt + random.integer(1, days - 10) * DAY_MS,
        count: random.integer(2, 8),
        datedFrom: startAt - 60 * DAY_MS,
        datedTo: startAt,
      },
    ],
    configurationChanges: changes(random, startAt, days),
    firstMonth: null,
    detail: 'full',
    plantsBreaches: true,
  };
}

/** Wholesale alone is configured anew: what is planted in retail goes by its order of stages. */
function changes(random: Randomness, startAt: number, days: number): ConfigurationChange[] {
  const someDay = () => startAt + random.integer(2, days - 5) * DAY_MS + random.integer(0, 86_399) * 1000;
  const pipelineId = 'deal:5';
  const made: ConfigurationChange[] = [
    { at: someDay(), kind: 'rename', pipelineId, stageId: 'C5:NEW', name: 'Новая заявка' },
  ];
  if (random.chance(0.5)) {
    const at = someDay();
    made.push({ at, kind: 'resort', pipelineId, stageId: 'C5:PREPARATION', sort: 30 });
    made.push({ at, kind: 'resort', pipelineId, stageId: 'C5:EXECUTING', sort: 20 });
  }
  if (random.chance(0.5)) {
    const stage = { id: 'C5:UC_PILOT', name: 'Пробная партия', semantics: 'P', sort: 35, color: '#C0C0C0' } as const;
    const at = startAt + random.integer(2, days - 10) * DAY_MS + 7_200_000;
    made.push({ at, kind: 'add', pipelineId, stage });
    if (random.chance(0.6)) made.push({ at: at + 2 * DAY_MS, kind: 'remove', pipelineId, stageId: stage.id });
  }
  return made;
}
