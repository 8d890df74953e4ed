import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { formatMonth, formatMonthShort } from '../format/dates.js';
import { formatCount, formatMoney, formatMoneyShort } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MonthFigures } from './months.js';
import type { StageRef } from './stage-names.js';
import classes from './trend-chart.module.css';

register([
  BarChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

type TrendChartProps = {
  months: readonly MonthFigures[];
  stages: readonly StageRef[];
  currency: string;
  /** Changes of the configuration, by month. */
  marks: readonly { month: string; text: string }[];
};

function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: read('--fw-text'),
    soft: read('--fw-text-soft'),
    line: read('--fw-line'),
    surface: read('--fw-surface'),
    bar: read('--fw-bar'),
    won: read('--fw-won'),
    lost: read('--fw-lost-bar'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** Lines of the stages in process in their order; the won stage has a colour of its own. */
const stageColors = {
  light: ['#93a5a3', '#2f9487', '#b7791f', '#5b6fa0', '#7d5a86', '#94605a', '#4a5a5c'],
  dark: ['#7f918f', '#4fb8a9', '#d9a94c', '#8fa3d6', '#b994c2', '#cf958e', '#a8b0b3'],
};

/** Two charts over the months: entries by stage, and won money. The table beside them holds the same figures. */
export default function TrendChart({ months, stages, currency, marks }: TrendChartProps) {
  const { t, language } = useSpeech();
  const scheme = useComputedColorScheme('light');
  const colors = palette();
  const axis = {
    type: 'category',
    data: months.map((each) => each.month),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colors.line } },
    axisLabel: {
      color: colors.soft,
      hideOverlap: true,
      formatter: (month: string) => formatMonthShort(month, language),
    },
  };
  const valueAxis = {
    type: 'value',
    minInterval: 1,
    splitNumber: 4,
    axisLabel: { color: colors.soft, formatter: (value: number) => formatCount(value) },
    splitLine: { lineStyle: { color: colors.line } },
  };
  const base = {
    aria: { enabled: true },
    textStyle: { fontFamily: colors.font, color: colors.text },
    animationDuration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350,
    grid: { left: 8, right: 12, top: 38, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: {
      top: 0,
      left: 0,
      type: 'scroll',
      icon: 'roundRect',
      itemWidth: 10,
      itemHeight: 10,
      textStyle: { color: colors.soft },
      pageIconColor: colors.soft,
      pageTextStyle: { color: colors.soft },
    },
    xAxis: axis,
  };
  const tooltip = {
    trigger: 'axis',
    backgroundColor: colors.surface,
    borderColor: colors.line,
    textStyle: { color: colors.text, fontSize: 12 },
    confine: true,
  };
  const markLine =
    marks.length === 0
      ? undefined
      : {
          silent: false,
          symbol: 'none',
          lineStyle: { color: colors.soft, type: 'dashed' },
          label: { show: false },
          data: [...new Set(marks.map((mark) => mark.month))].map((month) => ({ xAxis: month })),
        };
  const marksOf = (month: string) => marks.filter((mark) => mark.month === month).map((mark) => mark.text);

  const entries: EChartsCoreOption = {
    ...base,
    tooltip: {
      ...tooltip,
      formatter: tooltipOf(language, (value) => formatCount(Number(value)), marksOf),
    },
    yAxis: valueAxis,
    series: stages.map((stage, at) => ({
      name: stage.name,
      type: 'line',
      data: months.map((each) => each.entries.get(stage.stageId) ?? 0),
      symbol: 'circle',
      symbolSize: 5,
      lineStyle: { width: 2 },
      color: stage.semantics === 'S' ? colors.won : stageColors[scheme][at % stageColors[scheme].length],
      ...(at === 0 && markLine !== undefined ? { markLine } : {}),
    })),
  };
  const money: EChartsCoreOption = {
    ...base,
    tooltip: {
      ...tooltip,
      formatter: tooltipOf(
        language,
        (value) => String(value),
        marksOf,
        (at) => {
          const month = months[at];
          return month === undefined
            ? []
            : [
                `${t('flow.wonAmount')}: ${formatMoney(month.wonAmountKopecks, currency, language)}`,
                `${t('flow.won')}: ${formatCount(month.won)}`,
                `${t('flow.lost')}: ${formatCount(month.lost)}`,
              ];
        },
      ),
    },
    yAxis: {
      ...valueAxis,
      axisLabel: {
        color: colors.soft,
        formatter: (value: number) => formatMoneyShort(BigInt(Math.round(value)) * 100n, currency, language),
      },
    },
    series: [
      {
        name: t('flow.wonAmount'),
        type: 'bar',
        barMaxWidth: 26,
        color: colors.won,
        itemStyle: { borderRadius: [3, 3, 0, 0] },
        data: months.map((each) => Number(each.wonAmountKopecks / 100n)),
        label: {
          show: true,
          position: 'top',
          color: colors.soft,
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const won = months[dataIndex]?.won ?? 0;
            return won === 0 ? '' : formatCount(won);
          },
        },
      },
    ],
  };
  const fingerprint = JSON.stringify([
    months.map((each) => [each.month, [...each.entries], each.won, each.lost, each.wonAmountKopecks.toString()]),
    stages.map((stage) => [stage.stageId, stage.name]),
    marks,
    language,
    currency,
  ]);
  return (
    <div className={classes.charts}>
      <Chart option={entries} fingerprint={fingerprint} label={t('months.entriesChart')} scheme={scheme} />
      <Chart option={money} fingerprint={fingerprint} label={t('months.moneyChart')} scheme={scheme} />
    </div>
  );
}

type TooltipItem = { axisValue: string; dataIndex: number; marker: string; seriesName: string; value: unknown };

function tooltipOf(
  language: 'ru' | 'en',
  valueText: (value: unknown) => string,
  marksOf: (month: string) => string[],
  linesOf?: (at: number) => string[],
) {
  return (items: TooltipItem[]): HTMLElement => {
    const box = document.createElement('div');
    const first = items[0];
    if (first === undefined) return box;
    const add = (text: string, isStrong = false) => {
      const line = document.createElement(isStrong ? 'strong' : 'div');
      line.textContent = text;
      box.append(line);
    };
    add(formatMonth(first.axisValue, language), true);
    // Stage names are the portal's own text: only ever set as text, never as markup.
    if (linesOf === undefined) for (const item of items) add(`${item.seriesName}: ${valueText(item.value)}`);
    else for (const line of linesOf(first.dataIndex)) add(line);
    for (const mark of marksOf(first.axisValue)) add(`◆ ${mark}`);
    return box;
  };
}

type ChartProps = { option: EChartsCoreOption; fingerprint: string; label: string; scheme: string };

/** Draws again only when `fingerprint` or the scheme changes: a redraw would close an open tooltip. */
function Chart({ option, fingerprint, label, scheme }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);

  useEffect(() => {
    if (element.current === null) return;
    const made = init(element.current, undefined, { renderer: 'svg' });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [scheme]);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [fingerprint, scheme]);

  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>{label}</figcaption>
      <div ref={element} className={classes.chart} role="img" aria-label={label} />
    </figure>
  );
}
