// 紧急上报: minimal, never refused, works without a network; the call comes first (domain §20).
import { drafts, store, uuid7, type Json } from "../core";
import type { Option } from "../parts/options";
import { clock, dayOf } from "../parts/time";
import { go } from "../router";
import { blank, many, text, whether, type Answers, type Form, type Given } from "./definition";
import { each, nameOf, resident, rows, said } from "./known";
import { reported, SIGNALS } from "./signals";
import { attachments, stated } from "./rows";

export interface Hotline { readonly name: string; readonly number: string }
export interface Call { readonly id: string; readonly body: string; readonly at: string }

const USUAL: readonly Hotline[] = [
  { name: "报警", number: "110" }, { name: "急救", number: "120" }, { name: "政务服务热线", number: "12345" }, { name: "民政服务热线", number: "12349" },
];

const help = (): { [name: string]: Json } | undefined => store.get("incidents", "help");

/** Whom to call: what the place has told, its protection of minors among them, 110 always first. */
export function hotlines(): Hotline[] {
  const told = [...rows(help(), "contacts"), ...rows(store.me.value, "hotlines")]
    .map((row) => ({ name: said(row, "name"), number: said(row, "number") }))
    .filter(({ number }, at, all) => number && all.findIndex((other) => other.number === number) === at);
  const every = told.length ? told : [...USUAL];
  return every.sort((a, b) => Number(b.number === "110") - Number(a.number === "110"));
}

const DO_NOT = ["不要反复追问孩子，只记下他（她）说的原话", "留好证据：不洗澡、不换衣、不清理现场", "不要惊动可能加害的人，先确认孩子现在安全"];
export const advice = (): string[] => (each(help(), "do_not").length ? each(help(), "do_not") : DO_NOT);
const signals = (): readonly Option[] => {
  const told = rows(help(), "signals").map((row): Option => ({ code: said(row, "code"), label: said(row, "name"), tone: "red" }));
  return told.length ? told : SIGNALS;
};

export const calls = (answers: Answers): Call[] => (Array.isArray(answers.calls) ? (answers.calls as unknown as Call[]) : []);

function facts(answers: Answers): string {
  const seen = text(answers, "seen") ? `探访时看到${text(answers, "seen")}情况紧急。` : "";
  return `${seen}${text(answers, "facts")}`;
}

/** Whom the form that opens next is about: it goes from hand to hand, never through the address. */
let about: Given = {};

/**
 * To the red form. What has been seen is kept as a draft before anything else; neither a person nor a signal stands in
 * the address, which the browser keeps in its history.
 */
export async function report(given: Given): Promise<void> {
  if (!given.signals && !given.seen) {
    about = given;
    go("/form/incident");
    return;
  }
  const begun: Answers = { ...Object.fromEntries(INCIDENT.fields.map((field) => [field.name, blank(field)])), ...INCIDENT.start(given) };
  try {
    go("/form/incident", { query: { draft: await drafts.save({ form: INCIDENT.key, subject: given.resident ?? "", title: INCIDENT.title_of(begun), content: begun }) } });
  } catch {
    about = given;  // no room for a draft: reporting goes on without
    go("/form/incident");
  }
}

export const INCIDENT: Form = {
  key: "incident",
  title: "紧急上报",
  done: "发出上报",
  fields: [
    { name: "signals", label: "看到或听到什么", kind: "choice", several: true, wide: true, first: 10, options: signals, help: "可以点几项；拿不准也报，核实是公安和民政的事。" },
    { name: "danger", label: "现在还有危险", kind: "switch", help: "先打 110，再填下面的" },
    { name: "residents", label: "是谁", kind: "people", offered: () => [], help: "名下的对象就选；不认识的写在下面" },
    { name: "person", label: "不在名下的，怎么认出他（她）", kind: "line", hint: "如 三组穿红衣服的女孩" },
    { name: "place", label: "现在在哪里", kind: "line", hint: "帮助警察和医生找到他（她）" },
    { name: "facts", label: "记下原话", kind: "long", rows: 3, help: "只写看到、听到的，不推测。" },
    { name: "photos", label: "证据照片", kind: "photos", folded: true, purpose: "只给公安和未保专员，不会公开；不拍脸，不拍隐私部位", shielded: () => true },
    { name: "practice", label: "这是演练", kind: "switch", folded: true, help: "演练不计时、不统计，也不会打扰别人" },
  ],
  start: (asked) => {
    const given = { ...asked, ...about };
    about = {};
    const row = resident(given.resident ?? "");
    return {
      id: uuid7(), seen_at: new Date().toISOString(), calls: [], residents: row ? [row.id] : [], seen: given.seen ?? "", place: row?.address ?? "",
      signals: (given.signals ?? "").split(",").filter(Boolean).map(reported), origin: given.origin ?? "红色按钮",
    };
  },
  about: (answers) => `${clock(new Date(String(answers.seen_at)))} 开始计时`,
  title_of: (answers) => `${nameOf(many(answers, "residents")[0] ?? "") || "紧急"} · 紧急上报`,
  outcome: (answers) => ({
    kind: "incident",
    subject: answers.id,
    body: {
      rows: [
        {
          register: "incidents",
          id: answers.id,
          values: stated({
            signals: many(answers, "signals"), seen_at: answers.seen_at as string, resident: many(answers, "residents")[0],
            person: text(answers, "person"), place: text(answers, "place"), facts: facts(answers), danger: whether(answers, "danger") || undefined,
            origin: text(answers, "origin"), practice: whether(answers, "practice") || undefined,
          }),
        },
        ...calls(answers).map((call) => ({
          register: "incident-facts",
          id: call.id,
          values: { incident: answers.id, kind: "已上报", at: call.at, body: call.body } as { [name: string]: Json },
        })),
      ],
    },
    attachments: attachments(answers, "incidents"),
  }),
};

export const told = (call: Call): string => `${dayOf(new Date(call.at))} ${clock(new Date(call.at))} 拨打 ${call.body}`;
