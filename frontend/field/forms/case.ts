// 个案过程: what was aimed at, what happened, what comes next (MZ/T 094-2017; domain §7.2).
import { store, uuid7, type Json } from "../core";
import { plain, type Option } from "../parts/options";
import { justNow } from "../parts/when";
import { record, text, type Answers, type Form, type Outcome } from "./definition";
import { lastRecord, nameOf, resident, rows, said } from "./known";
import { of, spoken } from "./reopening";
import { attachments, extras, itemField, serviceRecord, stated } from "./rows";

const MODES = plain("入户", "到站", "机构", "户外", "电话", "视频");
const chosen = (answers: Answers): { [name: string]: Json } | undefined => store.get("cases", text(answers, "case"));
const whose = (row: { [name: string]: Json } | undefined): string => said(row, "resident");

/** Whose case it is; somebody whom another looks after is not on this phone, but the case tells the name. */
const called = (row: { [name: string]: Json } | undefined): string => nameOf(whose(row)) || said(row, "name");

const cases = (): Option[] => store.cases.value.map((row) => ({
  code: row.id, label: called(row) || said(row, "code"), hint: [called(row) && said(row, "code"), said(row, "stage")].filter(Boolean).join(" · "),
}));
const goals = (answers: Answers): Option[] => rows(chosen(answers), "goals").map((goal) => ({
  code: said(goal, "id"), label: said(goal, "goal"), hint: said(goal, "indicator"),
}));
const short = (words: string): string => (words.length > 120 ? `${words.slice(0, 119)}…` : words);

export const CASE: Form = {
  key: "case",
  title: "个案过程",
  fields: [
    { name: "case", label: "哪个个案", kind: "choice", keep: true, wide: true, first: 6, options: cases, required: "请选是哪个个案" },
    { name: "mode", label: "怎么谈的", kind: "choice", options: () => MODES, first: 4, required: "请选面谈方式" },
    { name: "when", label: "时间", kind: "when", lengths: [30, 45, 60, 90, 120], required: "请点一下用了多久" },
    { name: "aims", label: "本次目标", kind: "long", rows: 2, phrases: (answers) => goals(answers).map(({ label }) => label) },
    { name: "process", label: "过程摘要", kind: "long", rows: 4, required: "请写几句过程", hint: "谈了什么、做了什么" },
    { name: "response", label: "对象的反应", kind: "long", rows: 2, phrases: () => ["愿意继续", "情绪平稳", "有顾虑", "提出新的想法"] },
    { name: "next_step", label: "下一步", kind: "long", rows: 2, phrases: () => ["按计划继续", "联系家属", "链接资源", "与督导讨论"] },
    { name: "risk_change", label: "风险有变化吗", kind: "choice", options: () => [{ code: "不变", label: "不变" }, { code: "升高", label: "升高", tone: "warn" }, { code: "降低", label: "降低" }] },
    { name: "levels", label: "目标走到哪一步", kind: "goals", folded: true, goals, use: "看服务有没有效果，结案时作依据" },
    { name: "reflection", label: "社工反思", kind: "long", rows: 2, folded: true, help: "自己的判断和感受，供督导时讨论" },
    itemField("个案", { folded: true }),
    ...extras("照片只附在这条记录里，个案督导能看到，不会公开"),
  ],
  start: (given) => ({
    id: uuid7(), detail: uuid7(), when: { ...justNow() }, case: given.case ?? "",
    ...(given.case ? withPerson(store.get("cases", given.case)) : {}),
  }),
  about: (answers) => {
    const row = chosen(answers);
    return row ? [called(row), said(row, "stage"), resident(whose(row))?.risk].filter(Boolean).join(" · ") : "";
  },
  title_of: (answers) => `${called(chosen(answers)) || "个案"} · 个案过程`,
  reopen: {
    fits: (sent) => of(sent, "session-notes")?.values.case !== undefined,
    answers: (sent) => {
      const note = of(sent, "session-notes");
      return { detail: note?.id ?? "", ...spoken(note, "case", "mode", "aims", "process", "response", "reflection", "next_step", "risk_change") };
    },
  },
  outcome: (answers) => {
    const row = chosen(answers);
    const told = { ...answers, residents: row ? [whose(row)] : [], station: said(row, "station"), item: text(answers, "item") || said(lastRecord(whose(row), "个案"), "item") };
    return {
      kind: "save",
      subject: answers.id,
      body: {
        rows: [
          serviceRecord(told, "个案", { case_code: said(row, "code"), content: short(text(answers, "process")) }),
          {
            register: "session-notes",
            id: text(answers, "detail"),
            values: stated({
              record: answers.id, case: text(answers, "case"), mode: text(answers, "mode"), aims: text(answers, "aims"),
              process: text(answers, "process"), response: text(answers, "response"), reflection: text(answers, "reflection"),
              next_step: text(answers, "next_step"), risk_change: text(answers, "risk_change"),
            }),
          },
        ],
      },
      attachments: attachments(answers),
      also: levels(answers),
    };
  },
};

function withPerson(row: { [name: string]: Json } | undefined): { residents: Json; item: Json } {
  return { residents: [whose(row)], item: said(lastRecord(whose(row), "个案"), "item") };
}

/** How far the goals have come, each merged by itself with what others wrote. */
function levels(answers: Answers): Outcome[] {
  const told = record(answers, "levels");
  return rows(chosen(answers), "goals").filter((goal) => told[said(goal, "id")]).map((goal) => ({
    kind: "amend",
    subject: said(goal, "id"),
    title: `${called(chosen(answers)) || "个案"} · 目标进展`,
    body: { register: "case-goals", id: said(goal, "id"), fields: { level: { was: goal.level ?? null, is: Number(told[said(goal, "id")]) } } },
  }));
}
