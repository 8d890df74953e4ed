import type { Language } from '@funnelwatch/dashboards';

const en = {
  title: 'Dashboards',
  badge: 'Preview, not Grafana',
  whatItIs:
    'Panels of the dashboards with the data there is now, drawn without Grafana. Values and colours are those that Grafana shows; how panels look is not.',
  all: 'All dashboards',
  range: 'Range',
  ranges: { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' },
  show: 'Show',
  everything: 'All',
  nothingToChoose: 'nothing to choose from',
  chosen: (count: number) => `${count} chosen`,
  prometheus: 'This panel asks Prometheus: not in the preview.',
  failed: 'This panel could not be filled.',
  unknownKind: (kind: string) => `Panels of the kind "${kind}" are not in the preview.`,
  noData: 'no data',
  readAt: (at: string) => `Read ${at}`,
  pageMissing: 'There is no such page.',
  pageFailed: 'The database does not answer. Is Funnelwatch still running?',
  newTab: 'opens in a new tab',
};

const ru: typeof en = {
  title: 'Дашборды',
  badge: 'Предпросмотр, не Grafana',
  whatItIs:
    'Панели дашбордов с данными на этот момент, нарисованные без Grafana. Значения и цвета такие же, как в Grafana, внешний вид панелей — нет.',
  all: 'Все дашборды',
  range: 'Период',
  ranges: { '24h': '24 часа', '7d': '7 дней', '30d': '30 дней', '90d': '90 дней' },
  show: 'Показать',
  everything: 'Все',
  nothingToChoose: 'выбирать не из чего',
  chosen: (count) => `выбрано: ${count}`,
  prometheus: 'Эта панель спрашивает Prometheus: в предпросмотре её нет.',
  failed: 'Эту панель не удалось заполнить.',
  unknownKind: (kind) => `Панелей вида «${kind}» в предпросмотре нет.`,
  noData: 'нет данных',
  readAt: (at) => `Прочитано ${at}`,
  pageMissing: 'Такой страницы нет.',
  pageFailed: 'База данных не отвечает. Funnelwatch ещё работает?',
  newTab: 'откроется в новой вкладке',
};

export type Texts = typeof en;

/** What the preview says itself, beside what stands in the dashboards. */
export const textsIn = (language: Language): Texts => ({ en, ru })[language];
