// A scale on the phone: the same arithmetic as the platform's, to tell the result at once. A screening, no diagnosis.
import { store, type Json } from "../core";
import { rows, said } from "./known";

export interface Rule { act: string; say: string; items: string[]; at_least: number | null; at_most: number | null; signal: string; scale: string }
export interface Item { id: string; text: string; options: { label: string; score: number }[]; reverse: boolean }
export interface Band { low: number; high: number; name: string; severity: string }
export interface Scale {
  id: string; code: string; version: string; name: string; purpose: string; frame: string; by: string; licence: string; minutes: number;
  highest: boolean; multiplier: number; items: Item[]; bands: Band[]; rules: Rule[];
}

const number = (value: Json | undefined): number | null => (value === null || value === undefined || value === "" ? null : Number(value));

export function scaleOf(id: string): Scale | undefined {
  const row = store.get("scales", id);
  if (!row) return undefined;
  return {
    id: row.id, code: said(row, "code"), version: said(row, "version"), name: said(row, "name"), purpose: said(row, "purpose"), frame: said(row, "frame"),
    by: said(row, "by"), licence: said(row, "licence"), minutes: number(row.minutes) ?? 0, highest: row.scoring === "highest", multiplier: number(row.multiplier) ?? 1,
    items: rows(row, "items").map((item) => ({
      id: said(item, "id"), text: said(item, "text"), reverse: item.reverse === true,
      options: rows(item, "options").map((option) => ({ label: said(option, "label"), score: number(option.score) ?? 0 })),
    })),
    bands: rows(row, "bands").map((band) => ({ low: number(band.low) ?? 0, high: number(band.high) ?? 0, name: said(band, "name"), severity: said(band, "severity") })),
    rules: rows(row, "rules").map((rule) => ({
      act: said(rule, "act"), say: said(rule, "say"), signal: said(rule, "signal") || "CR", scale: said(rule, "scale"),
      items: Array.isArray(rule.items) ? rule.items.map(String) : [], at_least: number(rule.at_least), at_most: number(rule.at_most),
    })),
  };
}

export type Given = { [item: string]: number };

function counted(item: Item, score: number): number {
  const scores = item.options.map((option) => option.score);
  return item.reverse ? Math.min(...scores) + Math.max(...scores) - score : score;
}

/** Nothing where the phone was not told the bands: the platform scores what it gets in any case. */
export function scored(scale: Scale, given: Given): { score: number; band: Band | undefined } {
  const counts = scale.items.filter(({ id }) => id in given).map((item) => counted(item, given[item.id] ?? 0));
  const score = scale.multiplier * (scale.highest ? Math.max(0, ...counts) : counts.reduce((sum, each) => sum + each, 0));
  return { score, band: scale.bands.find((band) => band.low <= score && score <= band.high) };
}

const within = (rule: Rule, value: number): boolean => (rule.at_least === null || value >= rule.at_least) && (rule.at_most === null || value <= rule.at_most);

/** What answers so far call for: of single questions at once, of the whole when it is answered. */
export function following(scale: Scale, given: Given): Rule[] {
  const complete = scale.items.every(({ id }) => id in given);
  return scale.rules.filter((rule) => (rule.items.length
    ? scale.items.some((item) => rule.items.includes(item.id) && item.id in given && within(rule, counted(item, given[item.id] ?? 0)))
    : complete && within(rule, scored(scale, given).score)));
}
export const crises = (scale: Scale, given: Given): Rule[] => following(scale, given).filter(({ act }) => act === "crisis");
