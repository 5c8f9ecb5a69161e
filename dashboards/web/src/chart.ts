/** The volume chart: what came, stacked by sentiment, and below it how opinion leans. */

import { LineChart } from "echarts/charts";
import { AxisPointerComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Series } from "./model/board";
import { clock, moment, signed } from "./text/format";
import { colour } from "./theme";

use([LineChart, GridComponent, TooltipComponent, AxisPointerComponent, MarkLineComponent, CanvasRenderer]);

export function draw(place: HTMLElement): EChartsType {
  return init(place, null, { renderer: "canvas" });
}

type Row = { seriesName: string; dataIndex: number; value: [number, number | null] };

export function options(series: Series, days: boolean) {
  const [ink, line, panel] = [colour("ink-3"), colour("line"), colour("panel")];
  const font = { color: ink, fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily };
  // Each value stands in the middle of its step and fills it to both sides; the last one up to the end.
  const [first = 0, second = first] = series.times;
  const [last, step] = [series.times.at(-1) ?? 0, second - first];
  const pairs = (values: readonly (number | null)[]) => [
    ...values.map((value, at) => [series.times[at]! + step / 2, value]),
    [last + step, values.at(-1) ?? null],
  ];
  const area = (name: string, values: readonly number[], tone: string) => ({
    name,
    type: "line" as const,
    stack: "volume",
    symbol: "none",
    step: "middle" as const,
    lineStyle: { width: 0 },
    itemStyle: { color: tone },
    areaStyle: { color: tone, opacity: 0.8 },
    emphasis: { disabled: true },
    data: pairs(values),
  });
  const time = (grid: number, labels: boolean) => ({
    type: "time" as const,
    gridIndex: grid,
    min: first,
    max: last + step,
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { show: labels, ...font, hideOverlap: true, formatter: days ? "{M}月{d}日" : "{HH}:{mm}" },
    splitLine: { show: false },
    axisPointer: { label: { show: false } },
  });
  return {
    animation: false,
    textStyle: { fontFamily: font.fontFamily },
    axisPointer: { link: [{ xAxisIndex: "all" as const }], lineStyle: { color: ink, type: "solid" as const, width: 1 } },
    tooltip: {
      trigger: "axis" as const,
      renderMode: "richText" as const, // drawn, never parsed as HTML
      confine: true,
      transitionDuration: 0,
      backgroundColor: panel,
      borderColor: line,
      textStyle: { ...font, color: colour("ink"), fontSize: 12 },
      formatter: (rows: unknown) => tooltip(rows as Row[], series.times),
    },
    grid: [
      { left: 44, right: 14, top: 8, height: "58%" },
      { left: 44, right: 14, bottom: 22, height: "20%" },
    ],
    xAxis: [time(0, false), time(1, true)],
    yAxis: [
      {
        gridIndex: 0,
        minInterval: 1,
        splitNumber: 3,
        axisLabel: font,
        splitLine: { lineStyle: { color: line } },
      },
      {
        gridIndex: 1,
        min: -1,
        max: 1,
        interval: 1,
        axisLabel: { ...font, formatter: (value: number) => (value ? signed(value) : "0") },
        splitLine: { show: false },
      },
    ],
    series: [
      area("负面", series.negative, colour("negative")),
      area("中性", series.neutral, colour("neutral")),
      area("正面", series.positive, colour("positive")),
      {
        name: "净情感",
        type: "line" as const,
        xAxisIndex: 1,
        yAxisIndex: 1,
        symbol: "none",
        lineStyle: { width: 1.8, color: colour("accent") },
        itemStyle: { color: colour("accent") },
        emphasis: { disabled: true },
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: false },
          lineStyle: { color: line, type: "solid" as const },
          data: [{ yAxis: 0 }],
        },
        data: pairs(series.net),
      },
    ],
  };
}

function tooltip(rows: readonly Row[], times: readonly number[]): string {
  const first = rows[0];
  if (!first) return "";
  const time = times[Math.min(first.dataIndex, times.length - 1)]!;
  const lines = rows.map(({ seriesName, value: [, value] }) => {
    const text = value === null ? "—" : seriesName === "净情感" ? signed(value) : String(value);
    return `${seriesName}  ${text}`;
  });
  return [`${moment(time, Date.now()).split(" ")[0]} ${clock(time)}`, ...lines].join("\n");
}
