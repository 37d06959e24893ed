// The chart library, in a chunk of its own: SVG (prints sharp), no HTML tooltip (the content policy refuses its markup).
import { BarChart, FunnelChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, FunnelChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export type ChartOption = EChartsCoreOption;

export type Drawn = { set: (option: ChartOption) => void; close: () => void };

export function draw(box: HTMLElement, option: ChartOption, onPress?: (name: string) => void): Drawn {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const chart = init(box, null, { renderer: 'svg' });
  const whole = (given: ChartOption): ChartOption => ({
    animation: !still,
    animationDuration: 180,
    aria: { enabled: true },
    textStyle: { fontFamily: getComputedStyle(box).fontFamily },
    ...given,
    tooltip: { ...(given.tooltip as object | undefined), renderMode: 'richText', confine: true },
  });
  chart.setOption(whole(option));
  if (onPress) chart.on('click', (event) => onPress(String(event.name)));
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(box);
  return {
    set: (next) => chart.setOption(whole(next), { notMerge: true }),
    close: () => {
      watch.disconnect();
      chart.dispose();
    },
  };
}
