import type { Indicator } from '@funnelwatch/plan';

/** What the console calls sales. */
const sales = { indicatorId: '', indicatorRu: 'Продажи', indicatorEn: 'Sales' };

/** What an indicator is called in both languages: sales where there is none, its id where nobody defined it. */
export function namesOf(indicatorId: string | null, indicators: readonly Indicator[]) {
  if (indicatorId === null) return sales;
  const name = indicators.find((known) => known.indicatorId === indicatorId)?.name;
  return { indicatorId, indicatorRu: name?.ru ?? indicatorId, indicatorEn: name?.en ?? indicatorId };
}
