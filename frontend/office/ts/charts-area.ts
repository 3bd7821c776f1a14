// The choropleth: counties or townships coloured by the classes the server chose, so that map, tiles and legend agree.
import type { EChartsCoreOption } from "echarts/core";
import { BASE, FONT, HEAT, INK, TOOLTIP } from "./charts-options";
import { t } from "./words";

export interface AreaData {
  title: string;
  unit: string;
  geojson: string;
  name_property?: string;
  rows: { code: string; name: string; value: number | null; display: string; level: number | null; url?: string }[];
}

const DARK_FROM = 4;

/** 新晃侗族自治县 is written 新晃 on the map, as on every wall map. */
const shortName = (name: string): string => name.replace(/^(.{2,}?)(?:.{1,3}族)+自治.$/, "$1");

export function areaOption(data: AreaData, small: boolean): EChartsCoreOption {
  const rows = new Map(data.rows.map((row) => [row.name, row]));
  return {
    ...BASE,
    tooltip: {
      ...TOOLTIP,
      trigger: "item",
      formatter: (event: { name: string }) => `${event.name}\n${data.title} ${rows.get(event.name)?.display || t("missing")}`,
    },
    series: [{
      type: "map", map: data.geojson, nameProperty: data.name_property ?? "name", roam: false, selectedMode: false, layoutCenter: ["50%", "50%"], layoutSize: "100%", aspectScale: 0.88,
      label: { ...FONT, show: !small, fontSize: 11, color: INK, formatter: (event: { name: string }) => shortName(event.name) },
      labelLayout: { hideOverlap: true },
      itemStyle: { areaColor: "#f3f4f6", borderColor: "#fff", borderWidth: 1.2 },
      emphasis: { label: { show: true, color: INK, fontWeight: 600 }, itemStyle: { areaColor: "#f6d28b", borderColor: INK, borderWidth: 1.2 } },
      data: data.rows.map((row) => ({
        name: row.name,
        value: row.value ?? NaN,
        label: { color: row.level !== null && row.level >= DARK_FROM ? "#fff" : INK },
        itemStyle: row.level === null
          ? { areaColor: "#f3f4f6", borderColor: "#aab4c0", borderType: "dashed" }
          : { areaColor: HEAT[row.level] },
      })),
    }],
  };
}
