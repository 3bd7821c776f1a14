// Pure rules of the phone: who is not photographed, identity numbers, ages, the order of a day.
import { ageOn, daysUntil, today } from "../parts/time";

/** Children and those whose situation the law keeps secret: E06, D03, C09, E01–E03 (domain §7.6, §19.2). */
const SHIELDED = /^(C\d\d|D03|E0[1236])$/;

export const isShielded = (categories: readonly string[], born: string): boolean =>
  categories.some((code) => SHIELDED.test(code)) || (born !== "" && ageOn(born, today()) < 18);

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const LETTERS = "10X98765432";

/** What is wrong with an identity number (GB 11643), or "". */
export function identityFault(typed: string): string {
  const number = typed.trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return "身份证号是 18 位，最后一位可以是 X";
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  if (LETTERS[sum % 11] !== number[17]) return "身份证号的末位校验不对，请对着证件再看一遍";
  return bornIn(number) ? "" : "身份证号里的出生日期不存在，请再看一遍";
}

/** The birthday an identity number states, or "". */
export function bornIn(number: string): string {
  const [, year = "", month = "", date = ""] = /^\d{6}(\d{4})(\d\d)(\d\d)/.exec(number) ?? [];
  const moment = new Date(Number(year), Number(month) - 1, Number(date));
  const isDay = moment.getFullYear() === Number(year) && moment.getMonth() === Number(month) - 1 && moment.getDate() === Number(date);
  return isDay && moment <= new Date() ? `${year}-${month}-${date}` : "";
}

export const sexIn = (number: string): string => (Number(number[16]) % 2 ? "男" : "女");

export const isPhone = (typed: string): boolean => /^(1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})$/.test(typed.replace(/\s/g, ""));

export interface Called { readonly id: string; readonly due: string; readonly village: string; readonly risk: string; readonly isFirst: boolean }
export interface Stop { readonly heading: string; readonly calls: Called[] }

/** First what cannot wait, then village by village, the one with the earliest duty first. */
export function walked(calls: readonly Called[], within = 7): Stop[] {
  const byDue = [...calls].sort((a, b) => a.due.localeCompare(b.due) || a.id.localeCompare(b.id));
  const isUrgent = (call: Called): boolean => (call.isFirst || call.risk === "高风险") && daysUntil(call.due) <= 0;
  const urgent = byDue.filter(isUrgent);
  const rest = byDue.filter((call) => !isUrgent(call) && daysUntil(call.due) <= within);
  const villages = new Map<string, Called[]>();
  for (const call of rest) villages.set(call.village, [...(villages.get(call.village) ?? []), call]);
  const stops = [...villages].map(([heading, its]) => ({ heading: heading || "没有写村(社区)", calls: its }));
  const first = urgent.sort((a, b) => Number(b.isFirst) - Number(a.isFirst) || a.due.localeCompare(b.due));
  return [...(first.length ? [{ heading: "先去", calls: first }] : []), ...stops];
}
