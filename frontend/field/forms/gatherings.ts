// 小组 and 活动: many at once. Names are tapped; numbers and person-times follow from them (domain §7.3, §7.4).
import { store, uuid7, type Json, type SavedRow } from "../core";
import { plain, type Option } from "../parts/options";
import { justNow } from "../parts/when";
import { today } from "../parts/time";
import { count, names, text, type Answers, type Form } from "./definition";
import { nameOf, resident, rows, said } from "./known";
import { attended, of, spoken } from "./reopening";
import { attachments, extras, itemField, serviceRecord, stated } from "./rows";

type Row = { [name: string]: Json };

/** Members by their resident, or by the name of somebody without a file. */
const members = (row: Row | undefined): Option[] => rows(row, "members").map((member) => {
  const person = said(member, "resident");
  const label = said(member, "name") || nameOf(person);
  return { code: person || `name:${label}`, label };
});
const isPerson = (code: string): boolean => !code.startsWith("name:");

/** One row for everybody who was there; the platform counts them. */
function attendances(answers: Answers): SavedRow[] {
  const { present, others } = names(answers);
  const ids = (answers.attendances ?? {}) as { [code: string]: string };
  const row = (code: string, values: { [name: string]: string }): SavedRow =>
    ({ register: "attendances", id: (ids[code] ??= uuid7()), values: { record: answers.id, present: true, ...values } });
  return [
    ...present.map((code) => row(code, isPerson(code) ? { resident: code } : { name: code.slice("name:".length) })),
    ...others.map((name) => row(`name:${name}`, { name })),
  ];
}
const head = (answers: Answers): number => names(answers).present.length + names(answers).others.length;
const people = (answers: Answers): string[] => names(answers).present.filter((code) => isPerson(code) && resident(code));

const group = (answers: Answers): Row | undefined => store.get("groups", text(answers, "group"));

export const GROUP: Form = {
  key: "group",
  title: "小组",
  fields: [
    { name: "group", label: "哪个小组", kind: "choice", keep: true, wide: true, required: "请选是哪个小组", options: () => store.groups.value.map((row) => ({ code: row.id, label: said(row, "name"), hint: said(row, "stage") })) },
    { name: "names", label: "谁到了", kind: "names", people: (answers) => members(group(answers)), shown: (answers) => text(answers, "group") !== "", required: "请点到场的人" },
    { name: "when", label: "时间", kind: "when", lengths: [45, 60, 90, 120], required: "请点一下用了多久" },
    { name: "process", label: "做了什么", kind: "long", rows: 3, required: "请写一句做了什么", phrases: () => ["破冰热身", "主题讨论", "手工体验", "分享感受", "布置小任务"] },
    { name: "response", label: "组员的反应", kind: "long", rows: 2, phrases: () => ["参与积极", "开始互相帮助", "个别组员沉默", "有分歧"] },
    { name: "next_step", label: "下一节", kind: "long", rows: 2, folded: true },
    { name: "aims", label: "本节目标", kind: "long", rows: 2, folded: true },
    { name: "reflection", label: "社工反思", kind: "long", rows: 2, folded: true, help: "自己的判断和感受，供督导时讨论" },
    itemField("小组", { folded: true }),
    ...extras("集体照片请先问每一位；有未成年人的不要拍正脸", false),
  ],
  start: (given) => ({ id: uuid7(), detail: uuid7(), attendances: {}, when: { ...justNow() }, group: given.group ?? "", place: said(store.get("groups", given.group ?? ""), "place") }),
  about: (answers) => [said(group(answers), "name"), said(group(answers), "phase")].filter(Boolean).join(" · "),
  reopen: {
    fits: (sent) => store.groups.value.some((row) => said(row, "code") === said(of(sent, "service-records")?.values, "case_code")) && of(sent, "session-notes") !== undefined,
    answers: (sent) => {
      const note = of(sent, "session-notes");
      const code = said(of(sent, "service-records")?.values, "case_code");
      return {
        detail: note?.id ?? "", group: store.groups.value.find((row) => said(row, "code") === code)?.id ?? "",
        ...spoken(note, "aims", "process", "response", "reflection", "next_step"), ...attended(sent),
      };
    },
  },
  title_of: (answers) => `${said(group(answers), "name") || "小组"} · ${head(answers)} 人`,
  outcome: (answers) => ({
    kind: "save",
    subject: answers.id,
    body: {
      rows: [
        serviceRecord({ ...answers, residents: people(answers), station: said(group(answers), "station"), item: text(answers, "item") || said(group(answers), "item") }, "小组", {
          case_code: said(group(answers), "code"), attendances: head(answers), content: text(answers, "process"),
        }),
        {
          register: "session-notes",
          id: text(answers, "detail"),
          values: stated({
            record: answers.id, aims: text(answers, "aims"), process: text(answers, "process"),
            response: text(answers, "response"), reflection: text(answers, "reflection"), next_step: text(answers, "next_step"),
          }),
        },
        ...attendances(answers),
      ],
    },
    attachments: attachments(answers),
  }),
};

const WEEK = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
const EITHER = plain("按计划的活动", "定期课堂", "临时活动");
const source = (answers: Answers): string => text(answers, "source");
const activity = (answers: Answers): Row | undefined => (source(answers) === "按计划的活动" ? store.get("activities", text(answers, "activity")) : undefined);
const programme = (answers: Answers): Row | undefined => (source(answers) === "定期课堂" ? store.get("programmes", text(answers, "programme")) : undefined);
const isToday = (slot: Row): boolean => said(slot, "weekday") === WEEK[new Date().getDay()];
/** The classes of a programme, today's first. */
const slots = (answers: Answers): Option[] => [...rows(programme(answers), "slots")]
  .sort((a, b) => Number(isToday(b)) - Number(isToday(a)))
  .map((slot) => ({ code: said(slot, "id"), label: `${said(slot, "weekday")} ${said(slot, "begins")}—${said(slot, "ends")}`, hint: isToday(slot) ? "今天" : said(slot, "topic") }));
const activityName = (answers: Answers): string => said(activity(answers) ?? programme(answers), "name") || text(answers, "what");

export const ACTIVITY: Form = {
  key: "activity",
  title: "活动",
  fields: [
    { name: "source", label: "什么活动", kind: "choice", keep: true, options: () => EITHER.filter(({ code }) => (code === "定期课堂" ? store.programmes.value.length : code === "按计划的活动" ? store.activities.value.length : true)) , required: "请选是什么活动" },
    { name: "activity", label: "哪一场", kind: "choice", keep: true, wide: true, required: "请选是哪一场", shown: (answers) => source(answers) === "按计划的活动", options: () => store.activities.value.map((row) => ({ code: row.id, label: said(row, "name"), hint: said(row, "planned_on") })) },
    { name: "programme", label: "哪个课堂", kind: "choice", keep: true, wide: true, required: "请选是哪个课堂", shown: (answers) => source(answers) === "定期课堂", options: () => store.programmes.value.map((row) => ({ code: row.id, label: said(row, "name"), hint: said(row, "place") })) },
    { name: "slot", label: "哪一次课", kind: "choice", keep: true, wide: true, first: 2, required: "请选是课表上的哪一次", shown: (answers) => programme(answers) !== undefined && slots(answers).length > 0, options: slots },
    { name: "what", label: "活动名称", kind: "line", required: "请写活动名称", hint: "如 九九重阳义诊", shown: (answers) => source(answers) === "临时活动" },
    { name: "present", label: "到场人数", kind: "number", unit: "人", help: "一人只数一次；下面点了名的会自动算进去" },
    { name: "names", label: "签到", kind: "names", people: (answers) => members(programme(answers) ?? activity(answers)), help: "不用每人都点；点了名的会记进他（她）的档案" },
    { name: "when", label: "时间", kind: "when", lengths: [60, 90, 120, 180], required: "请点一下用了多久" },
    { name: "content", label: "做了什么", kind: "long", rows: 2, required: "请写一句做了什么", phrases: () => ["健康知识讲座", "节日慰问", "文艺演出", "安全教育", "课业辅导", "义诊义剪"] },
    { name: "volunteers", label: "志愿者", kind: "number", unit: "人" },
    { name: "registered", label: "报名人数", kind: "number", unit: "人", folded: true },
    { name: "attendances_count", label: "服务人次", kind: "number", unit: "人次", folded: true, help: "一人参加两个环节算两人次；不填按到场人数" },
    { name: "elders", label: "其中老年人", kind: "number", unit: "人", folded: true },
    { name: "minors", label: "其中未成年人", kind: "number", unit: "人", folded: true },
    { name: "disabled", label: "其中残疾人", kind: "number", unit: "人", folded: true },
    { name: "on_relief", label: "其中救助对象", kind: "number", unit: "人", folded: true },
    { name: "feedback_forms", label: "反馈表", kind: "number", unit: "份", folded: true, use: "活动总结里说明群众满意不满意" },
    { name: "expense", label: "支出", kind: "number", unit: "元", step: 10, folded: true },
    { name: "incidents", label: "突发情况", kind: "long", rows: 2, folded: true, help: "没有就不填；有人受到伤害请用紧急上报" },
    itemField("活动", { folded: true }),
    ...extras("集体照片请先说明用途；有未成年人的不要拍正脸", false).filter(({ name }) => name !== "volunteers"),
  ],
  start: (given) => ({
    id: uuid7(), detail: uuid7(), session: uuid7(), attendances: {}, when: { ...justNow() },
    source: given.activity ? "按计划的活动" : given.programme ? "定期课堂" : store.activities.value.length || store.programmes.value.length ? "" : "临时活动",
    activity: given.activity ?? "", programme: given.programme ?? "", slot: given.slot ?? "",
  }),
  about: activityName,
  reopen: {
    fits: (sent) => of(sent, "activity-details") !== undefined,
    answers: (sent) => {
      const [record, made] = [of(sent, "service-records")?.values, of(sent, "activity-details")];
      const [what = "", ...rest] = said(record, "content").split("：");
      const plan = said(made?.values, "activity");
      const known = plan !== "" && store.get("activities", plan) !== undefined;
      return {
        detail: made?.id ?? "", source: known ? "按计划的活动" : "临时活动", activity: known ? plan : "", what: rest.length ? what : "",
        content: rest.length ? rest.join("：") : what, attendances_count: record?.attendances ?? null, ...attended(sent),
        ...Object.fromEntries(["present", ...COUNTS].map((name) => [name, numeric(made?.values, name)])), incidents: said(made?.values, "incidents"),
      };
    },
  },
  title_of: (answers) => `${activityName(answers) || "活动"} · ${count(answers, "present") ?? head(answers)} 人`,
  check: (answers) => {
    const present = count(answers, "present");
    if (!head(answers) && !present) return [{ field: "present", message: "请填到场人数，或点名签到" }];
    return present !== null && present < head(answers) ? [{ field: "present", message: `点了名的已有 ${head(answers)} 人，比到场人数多` }] : [];
  },
  outcome: (answers) => {
    const present = count(answers, "present") ?? head(answers);
    const lesson = programme(answers);
    const file = activity(answers) ?? lesson;
    const rowsMade: SavedRow[] = [
      serviceRecord({ ...answers, residents: people(answers), station: said(file, "station"), place: text(answers, "place") || said(file, "place"), item: text(answers, "item") || said(file, "item") }, said(lesson, "method") || "活动", {
        attendances: count(answers, "attendances_count") ?? present, content: [activityName(answers), text(answers, "content")].filter(Boolean).join("："),
      }),
      ...(lesson
        ? [{ register: "programme-sessions", id: text(answers, "session"), values: stated({ record: answers.id, programme: text(answers, "programme"), slot: text(answers, "slot"), held_on: heldOn(answers) }) }]
        : [{ register: "activity-details", id: text(answers, "detail"), values: detail(answers, present) }]),
      ...attendances(answers),
    ];
    return { kind: "save", subject: answers.id, body: { rows: rowsMade }, attachments: attachments(answers) };
  },
};

const COUNTS = ["registered", "elders", "minors", "disabled", "on_relief", "expense", "feedback_forms"];
const numeric = (row: Row | undefined, name: string): Json => (typeof row?.[name] === "number" ? row[name] : null);
const heldOn = (answers: Answers): string => (answers.when as unknown as { day: string }).day || today();
const detail = (answers: Answers, present: number): SavedRow["values"] => stated({
  record: answers.id, activity: said(activity(answers), "id"), registered: count(answers, "registered"), present,
  elders: count(answers, "elders"), minors: count(answers, "minors"), disabled: count(answers, "disabled"), on_relief: count(answers, "on_relief"),
  incidents: text(answers, "incidents"), expense: count(answers, "expense"), feedback_forms: count(answers, "feedback_forms"),
});
