// 新对象 and 入户调查: a file begun at the door with few questions, and a survey that fills it (OBJ-06, SYS-03).
import { store, uuid7, type Json, type SavedRow } from "../core";
import { plain, type Option } from "../parts/options";
import { ageOn, today } from "../parts/time";
import { count, many, text, type Answers, type Fault, type Field, type Form, type Outcome } from "./definition";
import { dueFirst, options, resident, said } from "./known";
import { bornIn, identityFault, isPhone, sexIn } from "./rules";
import { attachments, stated } from "./rows";

const villages = (): Option[] => {
  const all = options("regions");
  const below = all.filter(({ code }) => !code.endsWith("000"));
  return below.length ? below : all;
};
const RISKS: readonly Option[] = [
  { code: "高风险", label: "高风险", tone: "red" }, { code: "重点", label: "重点", tone: "warn" }, { code: "一般", label: "一般" }, { code: "普通", label: "普通" },
];
const born = (answers: Answers): string => bornIn(text(answers, "identity")) || text(answers, "born_on");
const isMinor = (answers: Answers): boolean => (born(answers) ? ageOn(born(answers), today()) < 18 : many(answers, "categories").some((code) => code.startsWith("C")));
const isTeen = (answers: Answers): boolean => born(answers) !== "" && ageOn(born(answers), today()) >= 14 && isMinor(answers);

/** The few questions with which a file begins. */
const PERSON: readonly Field[] = [
  { name: "name", label: "姓名", kind: "line", most: 60, required: "请写姓名" },
  { name: "categories", label: "类别", kind: "choice", several: true, wide: true, first: 6, options: () => common(), required: "请至少选一个类别", use: "决定多久探访一次" },
  { name: "village", label: "村(社区)", kind: "choice", wide: true, first: 8, options: villages, required: "请选住在哪个村(社区)" },
  { name: "phone", label: "电话", kind: "line", input: "tel", most: 20, hint: "本人或最方便联系的人" },
  { name: "sex", label: "性别", kind: "choice", options: () => plain("女", "男"), shown: (answers) => !bornIn(text(answers, "identity")) },
  { name: "born_on", label: "出生日期", kind: "line", input: "date", shown: (answers) => !bornIn(text(answers, "identity")) },
  { name: "guardian", label: "监护人", kind: "line", most: 60, shown: isMinor, required: "未成年人要写监护人；没有就写“无”" },
  { name: "guardian_phone", label: "监护人电话", kind: "line", input: "tel", most: 20, shown: isMinor },
];
const COMMON = ["A01", "A03", "B01", "B02", "C04", "D02", "A02", "B04", "C07", "C03", "D01"];
const common = (): Option[] => {
  const all = options("categories");
  const rank = ({ code }: Option): number => (COMMON.includes(code) ? COMMON.indexOf(code) : 99);
  return all.map((option, at) => ({ option, at })).sort((a, b) => rank(a.option) - rank(b.option) || a.at - b.at).map(({ option }) => option);
};

const CONSENT: readonly Field[] = [
  {
    name: "consent", label: "同意建档吗", kind: "choice", keep: true, required: "请选是否同意，不同意也可以先登记",
    options: () => [{ code: "口头并见证", label: "口头同意，有见证人" }, { code: "签字", label: "签字同意" }, { code: "以后再问", label: "这次没问到" }],
    help: "请念给他（她）听：登记姓名、住址、电话和生活情况，只给为您服务的社工和民政部门用；随时可以看、改、撤回，不同意不影响其他服务。",
  },
  { name: "witness", label: "见证人", kind: "line", required: "口头同意要写见证人", shown: (answers) => text(answers, "consent") === "口头并见证", hint: "如 村会计某某" },
  { name: "child_view", label: "孩子本人怎么说", kind: "line", required: "满 14 岁要问过本人", shown: (answers) => isTeen(answers) && agreed(answers) },
  { name: "signature", label: "签名", kind: "signature", purpose: "只作为同意建档的凭据", shown: (answers) => text(answers, "consent") === "签字" },
];
const agreed = (answers: Answers): boolean => ["口头并见证", "签字"].includes(text(answers, "consent"));

const FURTHER: readonly Field[] = [
  { name: "address", label: "门牌或怎么找", kind: "line", folded: true, hint: "如 3 组，老槐树旁" },
  { name: "identity", label: "身份证号", kind: "line", most: 18, folded: true, use: "查重和核对身份，加密保存；可以不填" },
  { name: "risk", label: "风险", kind: "choice", folded: true, options: () => RISKS, use: "决定多久探访一次；拿不准先不选" },
];

function personFaults(answers: Answers): Fault[] {
  const found: Fault[] = [];
  const number = text(answers, "identity");
  if (number && identityFault(number)) found.push({ field: "identity", message: identityFault(number) });
  for (const name of ["phone", "guardian_phone", "emergency_phone"]) {
    if (text(answers, name) && !isPhone(text(answers, name))) found.push({ field: name, message: "电话是 11 位手机号，或带区号的座机" });
  }
  return found;
}

function residentRow(answers: Answers): SavedRow {
  const number = text(answers, "identity").toUpperCase();
  return {
    register: "residents",
    id: text(answers, "person"),
    values: stated({
      name: text(answers, "name"), categories: many(answers, "categories"), home_region: text(answers, "village"), phone: text(answers, "phone"),
      sex: number ? sexIn(number) : text(answers, "sex"), born_on: born(answers), guardian: isMinor(answers) ? text(answers, "guardian") : "",
      guardian_phone: isMinor(answers) ? text(answers, "guardian_phone") : "", address: text(answers, "address"),
      document_type: number ? "身份证" : "", identity_number: number, risk: text(answers, "risk"), registered_on: today(),
      consented_on: agreed(answers) ? today() : undefined,
    }),
  };
}

function consentRows(answers: Answers): SavedRow[] {
  if (!agreed(answers)) return [];
  const byGuardian = isMinor(answers);
  return [{
    register: "resident-consents",
    id: text(answers, "consent_id"),
    values: stated({
      resident: text(answers, "person"), purpose: "建档服务", given_by: byGuardian ? "监护人" : "本人", giver: byGuardian ? text(answers, "guardian") : "",
      child_view: text(answers, "child_view"), method: text(answers, "consent"), witness: text(answers, "witness"), given_on: today(),
    }),
  }];
}

const begun = (): Answers => {
  const person = uuid7();
  return { id: person, person, consent_id: uuid7() };
};

export const RESIDENT: Form = {
  key: "resident",
  title: "新对象",
  fields: [...PERSON, ...CONSENT, ...FURTHER],
  start: begun,
  title_of: (answers) => `${text(answers, "name") || "新对象"} · 建档`,
  check: personFaults,
  outcome: (answers) => ({
    kind: "save",
    subject: text(answers, "person"),
    body: { rows: [residentRow(answers), ...consentRows(answers)] },
    attachments: attachments({ ...answers, id: text(answers, "consent_id") }, "resident-consents"),
  }),
};

const isNew = (answers: Answers): boolean => text(answers, "who") === "还没建档";
const onlyNew = (field: Field): Field => ({ ...field, shown: (answers) => isNew(answers) && (!field.shown || field.shown(answers)) });
const of = (...labels: string[]) => (): Option[] => plain(...labels);

const ASKED: readonly Field[] = [
  { name: "members_count", label: "家里几口人", kind: "number", unit: "人" },
  { name: "living", label: "和谁住", kind: "choice", options: of("独居", "与配偶", "与子女", "与父母", "隔代", "与亲友", "机构", "其他") },
  { name: "care_ability", label: "能不能自理", kind: "choice", wide: true, options: of("自理", "半自理但支持充足", "半自理但支持不足", "无法自理且影响生存") },
  { name: "health", label: "健康", kind: "choice", options: () => [{ code: "良好", label: "良好" }, { code: "一般", label: "一般" }, { code: "较差", label: "较差", tone: "warn" }, { code: "重病", label: "重病", tone: "red" }] },
  { name: "income", label: "靠什么生活", kind: "line", hint: "如 低保金、务农、子女供养" },
  { name: "care_resources", label: "平时谁照料", kind: "choice", several: true, options: of("亲属", "自我", "社区居家服务", "机构", "邻里", "志愿者", "其他") },
  { name: "guardianship", label: "监护能力", kind: "choice", wide: true, shown: (answers) => surveysMinor(answers), options: () => [{ code: "有能力", label: "有能力" }, { code: "能力不足", label: "能力不足", tone: "warn" }, { code: "无能力或缺位", label: "无能力或缺位", tone: "red" }] },
  { name: "attendance", label: "到校", kind: "choice", shown: (answers) => surveysMinor(answers), options: of("正常", "偶尔缺课", "辍学", "未到入学年龄") },
  { name: "need_kinds", label: "需要什么", kind: "choice", several: true, options: of("生活服务", "救助", "养老", "儿童", "助残", "心理", "文化活动", "公益慈善", "社区营造", "其他"), use: "保存后逐项列入需求清单，不用再填" },
  { name: "need_text", label: "具体说说", kind: "long", rows: 2, shown: (answers) => many(answers, "need_kinds").length > 0 },
  { name: "urgency", label: "急不急", kind: "choice", shown: (answers) => many(answers, "need_kinds").length > 0, options: () => [{ code: "1", label: "不急" }, { code: "2", label: "一周内" }, { code: "3", label: "一天内", tone: "warn" }, { code: "4", label: "马上", tone: "red" }] },
  { name: "housing", label: "住房", kind: "choice", folded: true, options: of("自建", "自购", "租房", "公租保障", "回迁", "安置", "机构", "其他") },
  { name: "social_security", label: "社会保障", kind: "choice", several: true, folded: true, options: of("政策补贴", "医疗", "长护险", "住房", "教育", "社会保险", "优抚", "司法", "其他") },
  { name: "marital", label: "婚姻", kind: "choice", folded: true, options: of("未婚", "已婚", "离异", "丧偶", "其他") },
  { name: "employment", label: "就业", kind: "choice", folded: true, options: of("务农", "在业", "灵活就业", "失业", "无劳动能力", "在学", "离退休", "其他") },
  { name: "education", label: "文化程度", kind: "choice", folded: true, options: of("未上学", "小学", "初中", "高中或中专", "大专", "本科及以上") },
  { name: "emergency_contact", label: "紧急联系人", kind: "line", folded: true, help: "出事时先打给谁" },
  { name: "emergency_phone", label: "紧急联系电话", kind: "line", input: "tel", most: 20, folded: true },
  { name: "note", label: "备注", kind: "long", rows: 2, folded: true },
];
const surveyed = (answers: Answers): string => (isNew(answers) ? text(answers, "person") : many(answers, "residents")[0] ?? "");
function surveysMinor(answers: Answers): boolean {
  if (isNew(answers)) return isMinor(answers);
  const row = resident(surveyed(answers));
  const day = said(row, "born_on");
  return day ? ageOn(day, today()) < 18 : (row?.categories ?? []).some((code) => code.startsWith("C"));
}

export const SURVEY: Form = {
  key: "survey",
  title: "入户调查",
  fields: [
    { name: "who", label: "调查谁", kind: "choice", keep: true, options: of("已在册", "还没建档"), required: "请选调查谁" },
    { name: "residents", label: "选人", kind: "people", required: "请选调查的是谁", offered: dueFirst, shown: (answers) => text(answers, "who") === "已在册" },
    ...PERSON.map(onlyNew),
    ...ASKED,
    ...CONSENT.map(onlyNew),
    ...FURTHER.map(onlyNew),
  ],
  start: (given) => ({ ...begun(), id: uuid7(), who: given.resident ? "已在册" : store.residents.value.length ? "" : "还没建档", residents: given.resident ? [given.resident] : [] }),
  about: (answers) => (isNew(answers) ? text(answers, "name") : resident(surveyed(answers))?.name ?? ""),
  title_of: (answers) => `${(isNew(answers) ? text(answers, "name") : resident(surveyed(answers))?.name) || "入户"} · 入户调查`,
  check: personFaults,
  outcome: (answers) => ({
    kind: "save",
    subject: surveyed(answers),
    body: {
      rows: [
        ...(isNew(answers) ? [residentRow(answers), ...consentRows(answers)] : []),
        {
          register: "home-surveys",
          id: answers.id,
          values: stated({
            resident: surveyed(answers), surveyed_on: today(), members_count: count(answers, "members_count"),
            ...Object.fromEntries(["living", "marital", "education", "employment", "income", "housing", "emergency_contact", "emergency_phone", "health", "care_ability", "guardianship", "attendance", "note"].map((name) => [name, text(answers, name)])),
            care_resources: many(answers, "care_resources"), social_security: many(answers, "social_security"), need_kinds: many(answers, "need_kinds"),
            urgency: Number(text(answers, "urgency")) || undefined,
            need_text: text(answers, "need_text") || many(answers, "need_kinds").join("、"),  // a need says what is needed, if only its kind
          }),
        },
      ],
    },
    attachments: attachments({ ...answers, id: text(answers, "consent_id") }, "resident-consents"),
  }),
};

/** What changes at the door: a number, an address, a guardian; each is merged by itself with what others wrote. */
export const AMEND: Form = {
  key: "amend",
  title: "改资料",
  done: "保存改动",
  fields: [
    { name: "phone", label: "电话", kind: "line", input: "tel", most: 20 },
    { name: "address", label: "门牌或怎么找", kind: "line" },
    { name: "guardian", label: "监护人", kind: "line", most: 60, shown: (answers) => surveysMinor({ ...answers, who: "已在册" }) },
    { name: "guardian_phone", label: "监护人电话", kind: "line", input: "tel", most: 20, shown: (answers) => surveysMinor({ ...answers, who: "已在册" }) },
    { name: "emergency_contact", label: "紧急联系人", kind: "line", help: "出事时先打给谁" },
    { name: "emergency_phone", label: "紧急联系电话", kind: "line", input: "tel", most: 20 },
    { name: "social_resources", label: "备注：谁能帮上忙、要留意什么", kind: "long", rows: 3, use: "下一次上门的人先看到" },
  ],
  start: (given) => {
    const whom = given.resident ?? "";
    return { id: uuid7(), details: uuid7(), residents: [whom], ...stored(whom), was: stored(whom) };
  },
  about: (answers) => resident(whomOf(answers))?.name ?? "",
  title_of: (answers) => `${resident(whomOf(answers))?.name ?? "对象"} · 改资料`,
  check: (answers) => [
    ...personFaults(answers),
    ...(amendments(answers).length ? [] : [{ field: "phone", message: "还没有改动" }]),
  ],
  outcome: (answers) => {
    const [first, ...also] = amendments(answers);
    return { ...first!, also };
  },
};
const whomOf = (answers: Answers): string => many(answers, "residents")[0] ?? "";
const ON_PERSON = ["phone", "address", "guardian", "guardian_phone"];
const ON_DETAILS = ["emergency_contact", "emergency_phone", "social_resources"];
const details = (whom: string): { [name: string]: Json } => {
  const found = resident(whom)?.details;
  return found && typeof found === "object" && !Array.isArray(found) ? found : {};
};
function stored(whom: string): { [name: string]: string } {
  return Object.fromEntries([...ON_PERSON.map((name) => [name, said(resident(whom), name)]), ...ON_DETAILS.map((name) => [name, said(details(whom), name)])]);
}
function changed(answers: Answers, columns: readonly string[]): { [column: string]: { was: string; is: string } } {
  const was = (answers.was ?? {}) as { [name: string]: string };
  const named = columns.filter((name) => text(answers, name) !== (was[name] ?? ""));
  return Object.fromEntries(named.map((name) => [name, { was: was[name] ?? "", is: text(answers, name) }]));
}
/** One piece of work for the person's row and one for their details, as far as either changed. */
function amendments(answers: Answers): Outcome[] {
  const whom = whomOf(answers);
  const made: Outcome[] = [];
  const person = changed(answers, ON_PERSON);
  if (Object.keys(person).length) made.push({ kind: "amend", subject: whom, body: { register: "residents", id: whom, fields: person } });
  const more = changed(answers, ON_DETAILS);
  if (!Object.keys(more).length) return made;
  const id = said(details(whom), "id");
  if (id) made.push({ kind: "amend", subject: id, body: { register: "resident-details", id, fields: more } });
  else {
    const values = stated({ resident: whom, ...Object.fromEntries(ON_DETAILS.map((name) => [name, text(answers, name)])) });
    made.push({ kind: "save", subject: text(answers, "details"), body: { rows: [{ register: "resident-details", id: text(answers, "details"), values }] } });
  }
  return made;
}

/** The risk as a person judges it, with the reason; a major change makes a first visit due. */
export const RISK: Form = {
  key: "risk",
  title: "评风险",
  done: "保存评定",
  fields: [
    { name: "level", label: "风险等级", kind: "choice", keep: true, wide: true, options: () => RISKS, required: "请选风险等级" },
    { name: "reason", label: "理由", kind: "long", rows: 3, required: "请写一句理由", phrases: () => ["独居且高龄", "近期住院", "照料人不在", "情绪低落", "情况已稳定"], use: "降低等级要有理由，站长和督导会看" },
    { name: "change", label: "最近发生过重大变故", kind: "choice", folded: true, options: of("火灾", "自然灾害", "意外事故", "突发重病或住院", "亲人或照料人去世", "监护人失联或不履责", "失能加重", "失业或收入骤降", "其他"), use: "选了会马上排一次上门探访" },
    { name: "change_note", label: "变故的情况", kind: "long", rows: 2, folded: true, shown: (answers) => text(answers, "change") !== "" },
  ],
  start: (given) => ({ id: uuid7(), change_id: uuid7(), residents: [given.resident ?? ""], level: resident(given.resident ?? "")?.risk ?? "" }),
  about: (answers) => resident(many(answers, "residents")[0] ?? "")?.name ?? "",
  title_of: (answers) => `${resident(many(answers, "residents")[0] ?? "")?.name ?? "对象"} · 风险评定`,
  outcome: (answers) => {
    const whom = many(answers, "residents")[0] ?? "";
    const now = new Date().toISOString();
    return {
      kind: "save",
      subject: whom,
      body: {
        rows: [
          { register: "risk-reviews", id: answers.id, values: stated({ resident: whom, level: text(answers, "level"), reason: text(answers, "reason"), reviewed_on: today() }) },
          ...(text(answers, "change")
            ? [{ register: "major-changes", id: text(answers, "change_id"), values: stated({ resident: whom, kind: text(answers, "change"), happened_at: now, found_at: now, note: text(answers, "change_note") }) }]
            : []),
        ],
      },
    };
  },
};
