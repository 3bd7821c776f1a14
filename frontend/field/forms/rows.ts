// How answers become the rows that the platform keeps (the columns are those of its registers).
import type { NewAttachment, Values } from "../core";
import { iso } from "../parts/time";
import { blobOf } from "../parts/photos";
import { count, many, pictures, record, text, when, type Answers, type Field } from "./definition";
import { plain, type Option } from "../parts/options";
import { entries, items, labelIn, options, resident, said, shielded } from "./known";

/** Without what was not answered: nothing is said about it. */
export function stated(values: { [name: string]: Values[string] | undefined }): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) =>
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0))) as Values;
}

/** The service record every service has: how, when, to whom, what. */
export function serviceRecord(answers: Answers, method: string, more: { [name: string]: Values[string] | undefined }): { register: string; id: string; values: Values } {
  const { day, end, minutes } = when(answers);
  const spot = record(answers, "spot");
  return {
    register: "service-records",
    id: answers.id,
    values: stated({
      method,
      item: text(answers, "item"),
      station: text(answers, "station") || said(resident(many(answers, "residents")[0] ?? ""), "station"),
      started_at: iso(day, end, minutes ?? 0),
      ended_at: iso(day, end),
      residents: many(answers, "residents"),
      place: text(answers, "place"),
      longitude: spot.longitude,
      latitude: spot.latitude,
      tasks: many(answers, "tasks"),
      travel_minutes: Number(text(answers, "travel")) || undefined,
      volunteers: count(answers, "volunteers"),
      ...more,
    }),
  };
}

/** Photos and signature go with the service record. */
export const attachments = (answers: Answers, of = "service-records"): NewAttachment[] => [
  ...pictures(answers, "photos").map(({ id, name, data }) => ({ id, kind: "photo" as const, of, row: answers.id, name, blob: blobOf(data) })),
  ...pictures(answers, "signature").map(({ id, name, data }) => ({ id, kind: "signature" as const, of, row: answers.id, name, blob: blobOf(data) })),
];

export const itemField = (method: string, more: Partial<Field> = {}): Field => ({
  name: "item", label: "做了什么服务", kind: "choice", first: 3, wide: true,
  options: (answers) => items(method, many(answers, "residents")[0] ?? ""), ...more,
} as Field);

const TRAVEL: readonly Option[] = [15, 30, 60, 90, 120].map((minutes) => ({ code: String(minutes), label: `${minutes} 分` }));

/** What every service may add; nobody has to. */
export const extras = (photos: string, signs = true): Field[] => [
  { name: "place", label: "地点", kind: "line", folded: true, hint: "家里、站里、村委会……" },
  { name: "spot", label: "大概位置", kind: "place", folded: true },
  { name: "photos", label: "照片", kind: "photos", folded: true, purpose: photos, shielded: (answers) => shielded(many(answers, "residents")) },
  ...(signs ? [{ name: "signature", label: "签名", kind: "signature", folded: true, purpose: "签名只附在这条记录里" } as Field] : []),
  { name: "tasks", label: "职业任务", kind: "choice", several: true, folded: true, use: "站里统计社工做了哪几类专业工作", options: () => tasks() },
  { name: "travel", label: "路上来回", kind: "choice", folded: true, use: "说明工作时间花在哪里，不算里程", options: () => TRAVEL },
  { name: "volunteers", label: "志愿者", kind: "number", unit: "人", folded: true },
];

const TASKS = ["帮困扶弱", "情绪疏导", "心理抚慰", "精神关爱", "行为矫治", "社会康复", "权益维护", "危机干预", "关系调适", "矛盾化解", "能力建设", "资源链接", "社会融入"];
const tasks = (): readonly Option[] => (entries("tasks").length ? options("tasks") : plain(...TASKS));

export const itemName = (answers: Answers): string => (text(answers, "item") ? labelIn("service-items", text(answers, "item")) : "");
