// 探访: one screen. Who, when and where are there already; the usual visit is five or six taps (domain §7.1).
import { store, uuid7 } from "../core";
import { plain, type Option } from "../parts/options";
import { justNow } from "../parts/when";
import { many, record, text, type Answers, type Form } from "./definition";
import { dueFirst, each, labelIn, lastRecord, nameOf, resident, said } from "./known";
import { of } from "./reopening";
import { CHILD_SIGNALS } from "./signals";
import { attachments, extras, itemField, serviceRecord, stated } from "./rows";

const MODES = plain("入户", "电话", "视频", "机构探视", "邻居转述", "偶遇");
const OUTCOMES: readonly Option[] = [
  { code: "见到本人", label: "见到本人" }, { code: "见到家属", label: "见到家属" }, { code: "无人", label: "无人在家" },
  { code: "外出", label: "外出" }, { code: "住院", label: "住院" }, { code: "拒访", label: "拒访" },
  { code: "已迁走", label: "已迁走" }, { code: "已去世", label: "已去世" },
];
const QUESTIONS: readonly Option[] = [
  { code: "health", label: "身体" }, { code: "mood", label: "情绪" }, { code: "home", label: "居住安全" },
  { code: "living", label: "吃穿取暖" }, { code: "care", label: "照料陪伴" }, { code: "income", label: "收入政策" },
];
const ANSWERS: readonly Option[] = [{ code: "正常", label: "正常" }, { code: "变化", label: "变化", tone: "warn" }, { code: "紧急", label: "紧急", tone: "red" }];
const EVENTS = plain("跌倒", "住院", "丧亲", "失业", "家暴迹象", "受骗", "辍学", "灾损");
/** Signs that must be reported (domain §20), as the record names them. */
const SIGNALS: readonly Option[] = [...CHILD_SIGNALS, { code: "家暴", label: "家庭暴力", tone: "red" }];

const MET = new Set(["见到本人", "见到家属"]);
const isMet = (answers: Answers): boolean => MET.has(text(answers, "outcome"));
const isUnmet = (answers: Answers): boolean => text(answers, "outcome") !== "" && !isMet(answers);
const person = (answers: Answers): string => many(answers, "residents")[0] ?? "";
const changed = (answers: Answers): boolean => Object.values(record(answers, "checks")).some((answer) => answer !== "正常");

/** What was answered before the outcome was changed to "nobody" is not part of the visit. */
const ONLY_MET: Partial<Answers> = { checks: {}, events: [], signals: [], needs: "", item: "" };
const settled = (answers: Answers): Answers => (isMet(answers) ? answers : ({ ...answers, ...ONLY_MET } as Answers));

/** The sentence a record says when nobody writes one: short, and only what was tapped. */
function content(answers: Answers): string {
  if (text(answers, "content")) return text(answers, "content");  // reopened: the sentence stands there to be put right
  const checks = record(answers, "checks");
  const told = QUESTIONS.filter(({ code }) => checks[code]);
  const odd = told.filter(({ code }) => checks[code] !== "正常").map(({ code, label }) => `${label}${checks[code]}`);
  const state = odd.length ? odd.join("、") : told.length === QUESTIONS.length ? "六项都正常" : told.length ? `${told.map(({ label }) => label).join("、")}正常` : "";
  const parts = [text(answers, "outcome"), state, many(answers, "events").join("、"), text(answers, "note")];
  return `${parts.filter(Boolean).join("；")}。`;
}

function about(answers: Answers): string {
  const row = resident(person(answers));
  return row ? [row.name, row.village || row.address, row.risk].filter(Boolean).join(" · ") : "";
}

export const VISIT: Form = {
  key: "visit",
  title: "探访",
  fields: [
    { name: "residents", label: "探访谁", kind: "people", required: "请选探访的是谁", offered: dueFirst, shown: (answers) => answers.asksWho === true },
    { name: "mode", label: "方式", kind: "choice", keep: true, options: () => MODES, first: 3, required: "请选探访方式" },
    { name: "outcome", label: "结果", kind: "choice", options: () => OUTCOMES, required: "请选探访结果" },
    {
      name: "unmet", label: "接下来", kind: "told", shown: isUnmet,
      told: (answers) => (["已迁走", "已去世"].includes(text(answers, "outcome"))
        ? "保存后请到对象档案里改状态，或告诉站长；这次探访照常记下。"
        : "没见到人不算完成本期探访，任务还会留在“今日”里；连续两次没见到会提醒站长。"),
    },
    { name: "checks", label: "看到的情况", kind: "checks", questions: QUESTIONS, answers: ANSWERS, usual: "都正常", shown: isMet },
    { name: "when", label: "时间", kind: "when", required: "请点一下用了多久" },
    itemField("探访", { shown: isMet, required: "请选做了什么服务" }),
    {
      name: "note", label: "有变化的写一句", kind: "long", shown: (answers) => changed(answers) && answers.sent === undefined, hint: "看到什么、做了什么、接下来怎么办",
      phrases: () => ["已联系家属", "已告知村(居)委会", "已陪同就医", "需要申请救助", "下次再看"],
    },
    { name: "next_on", label: "下次哪天去", kind: "line", input: "date", shown: isUnmet, use: "到那天会排进“今日”" },
    {
      name: "signals", label: "安全信号", kind: "choice", several: true, wide: true, shown: isMet, folded: true,
      help: "看到其中任何一种，请点它，会马上打开紧急上报。", options: () => SIGNALS,
    },
    { name: "events", label: "这段时间发生过", kind: "choice", several: true, shown: isMet, folded: true, options: () => EVENTS },
    { name: "met", label: "还见到谁", kind: "line", folded: true, hint: "如 儿媳、邻居" },
    { name: "needs", label: "发现的需求", kind: "long", rows: 2, folded: true, shown: isMet, use: "转到站里的需求清单，找资源" },
    { name: "note", label: "记一句", kind: "long", folded: true, shown: (answers) => !changed(answers) && answers.sent === undefined },
    { name: "next_on", label: "下次哪天去", kind: "line", input: "date", folded: true, shown: isMet, use: "到那天会排进“今日”" },
    { name: "content", label: "记录的内容", kind: "long", rows: 4, shown: (answers) => answers.sent !== undefined, required: "请写内容" },
    ...extras("照片只附在这条记录里，站长审核时能看到，不会公开"),
  ],
  start: (given) => {
    const row = resident(given.resident ?? "");
    const duty = given.resident ? store.get("duties", given.resident) : undefined;
    return {
      id: uuid7(), detail: uuid7(), when: { ...justNow() }, residents: row ? [row.id] : [], asksWho: !row,
      mode: [given.mode, duty?.mode, "入户"].find((mode) => MODES.some(({ code }) => code === mode)) ?? "入户", place: row?.address ?? "",
    };
  },
  about,
  title_of: (answers) => `${nameOf(person(answers)) || "探访"} · ${text(answers, "mode") || ""}探访`,
  again: (answers) => {
    const last = lastRecord(person(answers), "探访");
    const item = said(last, "item");
    if (!last || !item) return null;
    return {
      label: labelIn("service-items", item),
      fill: { item },
    };
  },
  reopen: {
    fits: (sent) => of(sent, "visit-details") !== undefined,
    answers: (sent) => {
      const [record, detail] = [of(sent, "service-records"), of(sent, "visit-details")];
      const checks = Object.fromEntries(QUESTIONS.filter(({ code }) => detail?.values[code]).map(({ code }) => [code, said(detail?.values, code)]));
      return {
        detail: detail?.id ?? "", asksWho: false, outcome: said(record?.values, "outcome"), checks, note: "", content: said(record?.values, "content"),
        mode: said(detail?.values, "mode"), met: said(detail?.values, "met"), events: each(detail?.values, "events"),
        signals: each(detail?.values, "signals"), needs: said(detail?.values, "needs"), next_on: said(detail?.values, "next_on"),
      };
    },
  },
  alarm: (answers) => {
    const urgent = Object.entries(record(answers, "checks")).filter(([, answer]) => answer === "紧急").map(([code]) => code);
    const signals = [...many(answers, "signals"), ...(many(answers, "events").includes("家暴迹象") ? ["家暴"] : [])];
    if (!urgent.length && !signals.length) return null;
    return { resident: person(answers), signals: signals.join(","), seen: urgent.map((code) => QUESTIONS.find((question) => question.code === code)?.label ?? "").join("、") };
  },
  outcome: (filled) => {
    const answers = settled(filled);
    return {
      kind: "save",
      subject: answers.id,
      body: {
        rows: [
          serviceRecord(answers, "探访", { outcome: text(answers, "outcome"), content: content(answers) }),
          {
            register: "visit-details",
            id: text(answers, "detail"),
            values: stated({
              record: answers.id, mode: text(answers, "mode"), met: text(answers, "met"), ...record(answers, "checks"),
              events: many(answers, "events"), signals: many(answers, "signals"), needs: text(answers, "needs"), next_on: text(answers, "next_on"),
            }),
          },
        ],
      },
      attachments: attachments(answers),
    };
  },
};
