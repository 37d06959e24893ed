// The two pictures of the funnel page as chart options.
import { count, countShort, moneyShort, share } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import type { ChartOption } from '../../ui/chart/engine.ts';
import type { Palette } from '../../ui/chart/palette.ts';
import { enough, type FunnelRow, type FunnelStage, type Side, showsMoney, sizeOf } from './funnel-model.ts';

type Hovered = { dataIndex: number };
const text_px = 12;

export const conversionText = (stage: FunnelStage): string => {
  if (stage.conversion === null) return '–';
  return enough(stage.entered) ? share(stage.conversion, 1) : t('funnel.too_few', { n: count(stage.entered) });
};

const said = (stage: FunnelStage) =>
  `${count(stage.entered)}${stage.conversion === null ? '' : `\n↓ ${enough(stage.entered) ? share(stage.conversion, 1) : '–'}`}`;
const line = (name: string, value: string) => `${name}  ${value}`;

// Centred bars in the order of the process, even where a later one is wider: deals may begin in the middle. Light is who
// entered, dark who went on; an unseen bar before each pushes it to the middle.
export function stagesOption(stages: FunnelStage[], palette: Palette, narrow: boolean): ChartOption {
  const most = Math.max(1, ...stages.map((stage) => stage.entered));
  const [colour] = palette.series;
  const bars = (name: string, of: (stage: FunnelStage) => number, opacity: number) => [
    {
      type: 'bar',
      stack: name,
      silent: true,
      barGap: '-100%',
      barCategoryGap: '22%',
      itemStyle: { color: 'transparent' },
      data: stages.map((stage) => (most - of(stage)) / 2),
    },
    {
      name,
      type: 'bar',
      stack: name,
      itemStyle: { color: colour, opacity },
      emphasis: { disabled: true },
      data: stages.map(of),
    },
  ];
  const axis = { type: 'category', inverse: true, axisLine: { show: false }, axisTick: { show: false } };
  return {
    grid: { left: narrow ? 92 : 132, right: 70, top: 4, bottom: 34 },
    legend: {
      data: [t('funnel.entered'), t('funnel.passed')],
      bottom: 0,
      itemWidth: 12,
      itemHeight: 8,
      textStyle: { color: palette.text2, fontSize: text_px },
    },
    xAxis: { type: 'value', show: false, min: 0, max: most },
    yAxis: [
      {
        ...axis,
        data: stages.map((stage) => pick(stage.label)),
        axisLabel: {
          color: palette.text,
          fontSize: text_px,
          width: narrow ? 84 : 124,
          overflow: 'break',
          lineHeight: 15,
        },
      },
      {
        ...axis,
        position: 'right',
        data: stages.map(said),
        axisLabel: { color: palette.text2, fontSize: text_px, lineHeight: 16 },
      },
    ],
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex }: Hovered) => {
        const stage = stages[dataIndex];
        if (!stage) return '';
        return [
          pick(stage.label),
          line(t('funnel.entered'), count(stage.entered)),
          line(t('funnel.passed'), count(stage.passed)),
          line(t('funnel.conversion'), conversionText(stage)),
        ].join('\n');
      },
    },
    series: [
      ...bars(t('funnel.entered'), (stage) => stage.entered, 0.3),
      ...bars(t('funnel.passed'), (stage) => stage.passed, 1),
    ],
  };
}

export const rowName = (row: FunnelRow, side: Side): string =>
  row.name ?? (side === 'month' ? t('funnel.no_day') : t('funnel.nobody'));

// Months run to the right, everything else downwards so that names have room.
export function rowsOption(rows: FunnelRow[], side: Side, palette: Palette, narrow: boolean): ChartOption {
  const byMoney = showsMoney(rows);
  const upright = side === 'month';
  const short = (value: number) => (byMoney ? moneyShort(String(value)) : countShort(value));
  const names = {
    type: 'category',
    data: rows.map((row) => rowName(row, side)),
    inverse: !upright,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: {
      color: palette.text2,
      fontSize: text_px,
      ...(upright ? {} : { width: narrow ? 76 : 108, overflow: 'truncate' }),
    },
  };
  const sizes = {
    type: 'value',
    show: upright,
    splitNumber: 4,
    axisLabel: { color: palette.text2, fontSize: text_px, formatter: short },
    splitLine: { lineStyle: { color: palette.line } },
  };
  return {
    grid: upright
      ? { left: 64, right: 8, top: 12, bottom: 28 }
      : { left: narrow ? 84 : 116, right: 64, top: 4, bottom: 4 },
    xAxis: upright ? names : sizes,
    yAxis: upright ? sizes : names,
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex }: Hovered) => {
        const row = rows[dataIndex];
        if (!row) return '';
        return [
          rowName(row, side),
          ...(row.value ? [`${t('funnel.won_value')}  ${moneyShort(row.value)}`] : []),
          `${t('funnel.won')}  ${count(row.won)}`,
          `${t('funnel.lost')}  ${count(row.lost)}`,
        ].join('\n');
      },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        itemStyle: { color: palette.series[0], borderRadius: 2 },
        label: {
          show: !upright,
          position: 'right',
          color: palette.text2,
          fontSize: text_px,
          formatter: ({ value }: { value: number }) => short(value),
        },
        data: rows.map((row) => sizeOf(row, byMoney)),
      },
    ],
  };
}
