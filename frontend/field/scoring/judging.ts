// One judgement: what a line asks, what is missing, and how it is told to the platform (the words are the desk's).
import type { Values } from "../core";
import type { Line } from "./known";

export interface Judgement { points: number | null; value: number | null; sample: number | null; population: number | null; met: string[]; absent: boolean; reason: string }

export const CHECKLIST = "清单";
export const EXPERT = "专家评分";
export const SURVEY = "满意度";

const number = (told: Values[string] | undefined): number | null => (told === undefined || told === null || told === "" ? null : Number(told));

export const judged = (told: Values | null): Judgement => ({
  points: number(told?.points), value: number(told?.value), sample: number(told?.sample), population: number(told?.population),
  met: Array.isArray(told?.met) ? told.met.map(String) : [], absent: told?.absent === true, reason: typeof told?.reason === "string" ? told.reason : "",
});

/** Without what the line does not ask: a line that does not apply has a reason and nothing else. */
export function told(line: Line, { points, value, sample, population, met, absent, reason }: Judgement): Values {
  const asked: { [column: string]: Values[string] | undefined } = absent ? { absent: true }
    : line.rule === CHECKLIST ? { met: [...met] }
    : line.rule === EXPERT ? { points: said(points) }
    : line.rule === SURVEY ? { value: said(value), sample: said(sample), population: said(population) }
    : { value: said(value) };
  const whole = { ...asked, reason: reason.trim() };
  return Object.fromEntries(Object.entries(whole).filter(([, each]) => each !== undefined && each !== "" && !(Array.isArray(each) && !each.length))) as Values;
}
const said = (each: number | null): string | undefined => (each === null ? undefined : String(each));

export const isSame = (one: Values | null, other: Values | null): boolean => spelled(one) === spelled(other);
const spelled = (told: Values | null): string => {
  const { points, value, sample, population, met, absent, reason } = judged(told);
  return JSON.stringify([points, value, sample, population, [...met].sort(), absent, reason]);
};

export type Part = "points" | "value" | "reason";
export function faultsOf(line: Line, given: Judgement): { part: Part; message: string }[] {
  const faults: { part: Part; message: string }[] = [];
  if (!given.absent && line.rule === EXPERT && given.points === null) faults.push({ part: "points", message: "请填得分，或说明不适用" });
  if (tooMuch(line, given)) faults.push({ part: "points", message: tooMuch(line, given) });
  if (!given.absent && line.rule !== EXPERT && line.rule !== CHECKLIST && given.value === null) faults.push({ part: "value", message: "请填实测值，或说明不适用" });
  if (!given.reason.trim()) faults.push({ part: "reason", message: "请写明评分依据：看了什么、为什么给这个分" });
  return faults;
}
export const tooMuch = (line: Line, { points, absent }: Judgement): string =>
  (!absent && line.rule === EXPERT && points !== null && points > Number(line.full.replace(/,/g, "")) ? `不能超过满分 ${line.full} 分` : "");

/** What was given, in a few words. */
export function inWords(told: Values | null): string {
  if (!told) return "没有评";
  const { points, value, sample, met, absent, reason } = judged(told);
  const what = absent ? "不适用" : points !== null ? `得分 ${points}` : value !== null ? `实测值 ${value}${sample === null ? "" : `，样本 ${sample} 份`}` : met.length ? `符合：${met.join("、")}` : "一项也不符合";
  return reason ? `${what}。依据：${reason}` : what;
}
