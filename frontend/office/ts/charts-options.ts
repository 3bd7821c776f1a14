// What our charts look like: few lines, six colours that differ in grey too, tooltips drawn on the canvas (no styles in the page).
import type { EChartsCoreOption } from "echarts/core";
import { t } from "./words";

export const INK = "#1f2937";
export const GREY = "#5f6b7a";
export const LINE = "#e4e8ed";
export const COLOURS = ["#0f766e", "#d9870f", "#1f3f73", "#7fbab4", "#8a3b12", "#a9b3bf"];
export const HEAT = ["#eef6f5", "#cfe5e2", "#a3cfca", "#6db3ac", "#2b837b", "#0c5a52"];
const DASHES = ["solid", "solid", "dashed", "solid", "dotted", "dashed"];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"];

export const FONT = { fontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif', fontSize: 12, color: GREY };
export const TOOLTIP = {
  renderMode: "richText", backgroundColor: "#fff", borderColor: "#cdd4dc", borderWidth: 1, padding: [8, 12],
  textStyle: { ...FONT, fontSize: 13, color: INK, lineHeight: 20 }, confine: true,
};

type Value = number | null;

export interface TrendData {
  title: string;
  unit: string;
  labels: string[];
  series: { name: string; values: Value[]; kind?: "line" | "bar"; stack?: string }[];
  target?: { name: string; value: number } | null;
  places?: number;
}

export interface ScatterData {
  title: string;
  x: { name: string; unit: string };
  y: { name: string; unit: string };
  points: { name: string; x: number; y: number }[];
}

export interface HeatData {
  title: string;
  unit: string;
  columns: string[];
  rows: string[];
  values: Value[][];
}

const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
export const BASE = { animation: !still, animationDuration: 300, textStyle: FONT, color: COLOURS, aria: { enabled: true } };

/** A number as the ledger shows it; what is missing says so. */
export function shown(value: unknown, unit = "", places = 2): string {
  if (typeof value !== "number" || Number.isNaN(value)) return t("missing");
  const text = value.toLocaleString("zh-CN", { maximumFractionDigits: places });
  return unit === "%" ? `${text}%` : unit ? `${text} ${unit}` : text;
}

const category = (data: string[]) => ({
  type: "category", data, axisTick: { show: false }, axisLine: { lineStyle: { color: "#b9c2cc" } }, axisLabel: { ...FONT, hideOverlap: true },
});
const measure = (name: string) => ({
  type: "value", name, nameTextStyle: { ...FONT, align: "left" }, nameGap: 12, splitLine: { lineStyle: { color: LINE } }, axisLabel: FONT, splitNumber: 4,
});

export function trendOption(data: TrendData): EChartsCoreOption {
  const series = data.series.map((line, place) => ({
    name: line.name, type: line.kind ?? "line", data: line.values, stack: line.stack, barMaxWidth: 26, symbol: SYMBOLS[place], symbolSize: 6,
    lineStyle: { width: 2, type: DASHES[place] }, itemStyle: { color: COLOURS[place] }, connectNulls: false, emphasis: { focus: "series" },
    markLine: place === 0 && data.target ? {
      silent: true, symbol: "none", data: [{ yAxis: data.target.value }], lineStyle: { color: INK, type: "dashed", width: 1 },
      label: { ...FONT, formatter: data.target.name, position: "insideEndTop" },
    } : undefined,
  }));
  return {
    ...BASE,
    grid: { left: 8, right: 16, top: 34, bottom: data.series.length > 1 ? 32 : 8, containLabel: true },
    legend: data.series.length > 1 ? { bottom: 0, left: 0, itemWidth: 18, itemHeight: 9, textStyle: FONT } : undefined,
    tooltip: { ...TOOLTIP, trigger: "axis", axisPointer: { lineStyle: { color: "#8792a2" } }, valueFormatter: (value: unknown) => shown(value, data.unit, data.places) },
    xAxis: category(data.labels),
    yAxis: measure(data.unit),
    series,
  };
}

export function scatterOption(data: ScatterData): EChartsCoreOption {
  return {
    ...BASE,
    grid: { left: 8, right: 24, top: 34, bottom: 26, containLabel: true },
    tooltip: {
      ...TOOLTIP,
      formatter: (event: { data: [number, number, string] }) => `${event.data[2]}\n${data.x.name} ${shown(event.data[0], data.x.unit)}\n${data.y.name} ${shown(event.data[1], data.y.unit)}`,
    },
    xAxis: { ...measure(""), name: `${data.x.name}（${data.x.unit}）`, nameLocation: "middle", nameGap: 26, nameTextStyle: FONT, scale: true },
    yAxis: { ...measure(`${data.y.name}（${data.y.unit}）`), scale: true },
    series: [{ type: "scatter", symbolSize: 9, data: data.points.map((point) => [point.x, point.y, point.name]), itemStyle: { opacity: 0.75 } }],
  };
}

export function heatOption(data: HeatData): EChartsCoreOption {
  const cells = data.values.flatMap((row, y) => row.map((value, x) => [x, y, value ?? "-"]));
  const known = data.values.flat().filter((value): value is number => value !== null);
  return {
    ...BASE,
    grid: { left: 8, right: 8, top: 8, bottom: 40, containLabel: true },
    tooltip: { ...TOOLTIP, formatter: (event: { data: [number, number, unknown] }) => `${data.rows[event.data[1]]}  ${data.columns[event.data[0]]}\n${shown(event.data[2], data.unit)}` },
    xAxis: category(data.columns),
    yAxis: { ...category(data.rows), inverse: true },
    visualMap: { min: Math.min(...known, 0), max: Math.max(...known, 1), orient: "horizontal", left: 0, bottom: 0, itemHeight: 90, itemWidth: 10, textStyle: FONT, inRange: { color: HEAT } },
    series: [{ type: "heatmap", data: cells, itemStyle: { borderColor: "#fff", borderWidth: 2 } }],
  };
}
