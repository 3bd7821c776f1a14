// Trend and map charts. Data stands in a JSON script of the page; the same numbers stand in a table beside it.
import { BarChart, HeatmapChart, LineChart, MapChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, registerMap, use, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { areaOption, type AreaData } from "./charts-area";
import { heatOption, scatterOption, trendOption, type HeatData, type ScatterData, type TrendData } from "./charts-options";
import { light } from "./tables";

use([BarChart, LineChart, MapChart, ScatterChart, HeatmapChart, AriaComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);

function dataOf(place: HTMLElement): unknown {
  const source = document.querySelector(place.dataset.source ?? "");
  if (!source?.textContent) throw new Error("a chart without data");
  return JSON.parse(source.textContent);
}

function bindAreas(chart: EChartsType, data: AreaData): void {
  const codeOf = new Map(data.rows.map((row) => [row.name, row]));
  chart.on("mouseover", (event) => light(codeOf.get(event.name)?.code ?? ""));
  chart.on("mouseout", () => light(""));
  chart.on("click", (event) => {
    const url = codeOf.get(event.name)?.url;
    if (url) window.location.assign(url);
  });
  document.addEventListener("linzhan:area", (event) => {
    if (chart.isDisposed()) return;
    const row = data.rows.find(({ code }) => code === (event as CustomEvent<string>).detail);
    chart.dispatchAction({ type: "downplay" });
    if (row) chart.dispatchAction({ type: "highlight", name: row.name });
  });
}

async function drawAreas(chart: EChartsType, place: HTMLElement, data: AreaData): Promise<void> {
  const answer = await fetch(data.geojson);
  if (!answer.ok) throw new Error(`shapes: ${answer.status}`);
  const shapes = (await answer.json()) as Parameters<typeof registerMap>[1];
  registerMap(data.geojson, shapes);
  if (chart.isDisposed()) return;
  chart.setOption(areaOption(data, place.clientWidth < 420));
  bindAreas(chart, data);
}

// A part of the page that is fetched anew takes its charts away with it.
function follow(chart: EChartsType, place: HTMLElement): void {
  const observer = new ResizeObserver(() => {
    if (place.isConnected) return chart.resize();
    observer.disconnect();
    chart.dispose();
  });
  observer.observe(place);
}

export async function draw(place: HTMLElement): Promise<void> {
  const data = dataOf(place);
  const chart = init(place, null, { renderer: "canvas" });
  place.dataset.drawn = "";
  follow(chart, place);
  switch (place.dataset.chart) {
    case "map": return drawAreas(chart, place, data as AreaData);
    case "scatter": chart.setOption(scatterOption(data as ScatterData)); return;
    case "heat": chart.setOption(heatOption(data as HeatData)); return;
    default: chart.setOption(trendOption(data as TrendData));
  }
}
