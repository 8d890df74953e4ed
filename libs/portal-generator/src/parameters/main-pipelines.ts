import type { PipelineParameters, StageParameters } from './company-parameters.js';

const process = (id: string, name: string, sort: number, color: string): StageParameters => ({
  id,
  name,
  semantics: 'P',
  sort,
  color,
});
const success = (id: string, name: string, sort: number): StageParameters => ({
  id,
  name,
  semantics: 'S',
  sort,
  color: '#7BD500',
});
const failure = (id: string, name: string, sort: number): StageParameters => ({
  id,
  name,
  semantics: 'F',
  sort,
  color: '#FF5752',
});

/** Retail sales, the pipeline of the worked example: contact → meeting → proposal → sale. */
export function retailPipeline(): PipelineParameters {
  return {
    kind: 'deal',
    categoryId: '0',
    name: 'Продажи',
    sort: 100,
    stages: [
      process('NEW', 'Новая', 10, '#39A8EF'),
      process('PREPARATION', 'Встреча проведена', 20, '#2FC6F6'),
      process('PREPAYMENT_INVOICE', 'КП отправлено', 30, '#55D0E0'),
      success('WON', 'Сделка успешна', 40),
      failure('LOSE', 'Сделка проиграна', 50),
      failure('APOLOGY', 'Отказ без объяснения', 60),
    ],
    monthlyArrivals: 250,
    conversions: [0.32, 0.8, 0.21],
    lossShare: 0.94,
    medianDwellDays: [1.8, 2.2, 3],
    dwellSigma: 0.7,
    ticket: { medianRoubles: 37_000, sigma: 0.4 },
    leadShare: 0.4,
  };
}

/** Wholesale: fewer and larger deals with firms, one more stage. */
export function wholesalePipeline(): PipelineParameters {
  return {
    kind: 'deal',
    categoryId: '5',
    name: 'Опт',
    sort: 200,
    stages: [
      process('C5:NEW', 'Новый запрос', 10, '#39A8EF'),
      process('C5:PREPARATION', 'Расчёт отправлен', 20, '#2FC6F6'),
      process('C5:EXECUTING', 'Согласование договора', 30, '#55D0E0'),
      process('C5:FINAL_INVOICE', 'Ожидание предоплаты', 40, '#47E4C2'),
      success('C5:WON', 'Отгружено', 50),
      failure('C5:LOSE', 'Отказ клиента', 60),
    ],
    monthlyArrivals: 36,
    conversions: [0.6, 0.6, 0.7, 0.8],
    lossShare: 0.9,
    medianDwellDays: [2.5, 4, 5, 3],
    dwellSigma: 0.6,
    ticket: { medianRoubles: 210_000, sigma: 0.6 },
    leadShare: 0.25,
  };
}

/** Leads: taken, worked, turned into a deal or junk. `monthlyArrivals` are those that never become a deal. */
export function leadPipeline(): PipelineParameters {
  return {
    kind: 'lead',
    categoryId: '0',
    name: 'Лиды',
    sort: 100,
    stages: [
      process('NEW', 'Не обработан', 10, '#2FC6F6'),
      process('IN_PROCESS', 'В работе', 20, '#39A8EF'),
      process('PROCESSED', 'Обработан', 30, '#55D0E0'),
      success('CONVERTED', 'Качественный лид', 40),
      failure('JUNK', 'Некачественный лид', 50),
      failure('UC_BUDGET', 'Нет бюджета', 60),
    ],
    monthlyArrivals: 90,
    conversions: [0.6, 0.6, 0.6],
    lossShare: 0.92,
    medianDwellDays: [0.8, 0.5, 0.5],
    dwellSigma: 0.6,
    ticket: { medianRoubles: 30_000, sigma: 0.5 },
    leadShare: 0,
  };
}

/** Smart invoices: issued, sent, paid or declined. */
export function invoicePipeline(): PipelineParameters {
  return {
    kind: 'invoice',
    categoryId: '9',
    name: 'Счета',
    sort: 100,
    stages: [
      process('DT31_9:N', 'Новый', 10, '#39A8EF'),
      process('DT31_9:S', 'Отправлен клиенту', 20, '#2FC6F6'),
      success('DT31_9:P', 'Оплачен', 30),
      failure('DT31_9:D', 'Не оплачен', 40),
    ],
    monthlyArrivals: 0,
    conversions: [1, 0.9],
    lossShare: 1,
    medianDwellDays: [0.15, 1.2],
    dwellSigma: 0.6,
    ticket: { medianRoubles: 40_000, sigma: 0.5 },
    leadShare: 0,
  };
}
