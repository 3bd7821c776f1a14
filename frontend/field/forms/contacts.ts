// 咨询, 转介 and 资源链接: short contacts, each with the record of the service it is (domain §7.5).
import { uuid7 } from "../core";
import { plain, type Option } from "../parts/options";
import { justNow } from "../parts/when";
import { today } from "../parts/time";
import { count, many, text, whether, when, type Answers, type Form } from "./definition";
import { dueFirst, nameOf, resident, said } from "./known";
import { of, spoken } from "./reopening";
import { attachments, extras, itemField, serviceRecord, stated } from "./rows";

const person = (answers: Answers): string => many(answers, "residents")[0] ?? "";
const start = (given: { readonly [name: string]: string }): Answers =>
  ({ id: uuid7(), detail: uuid7(), when: { ...justNow() }, residents: resident(given.resident ?? "") ? [given.resident ?? ""] : [] });
const about = (answers: Answers): string => {
  const row = resident(person(answers));
  return row ? [row.name, row.village].filter(Boolean).join(" · ") : "";
};

export const CONSULT: Form = {
  key: "consult",
  title: "咨询",
  fields: [
    { name: "channel", label: "怎么来的", kind: "choice", options: () => plain("来站", "电话", "进家", "网络", "外展"), first: 5, required: "请选怎么来的" },
    { name: "question", label: "问了什么", kind: "long", rows: 2, required: "请写一句问了什么", phrases: () => ["低保怎么申请", "残疾证怎么办", "临时救助", "养老补贴", "医疗报销", "孩子上学"] },
    { name: "answer", label: "怎么答复的", kind: "long", rows: 2, phrases: () => ["已告知条件和材料", "已帮忙代办", "请村(居)委会受理", "查清后回电"] },
    { name: "when", label: "时间", kind: "when", lengths: [5, 10, 15, 30], required: "请点一下用了多久" },
    { name: "residents", label: "谁来问的", kind: "people", help: "是名下的对象就选上；不是的不用填名字，也不留电话", offered: () => [] },
    { name: "referred", label: "转给", kind: "line", hint: "介绍到哪个单位办理", folded: true },
    itemField("咨询", { folded: true }),
    ...extras("一般不用拍照；拍材料时请遮住证件号码", false).filter(({ name }) => name !== "volunteers"),
  ],
  start,
  about,
  title_of: (answers) => `${nameOf(person(answers)) || "居民"} · 咨询`,
  reopen: {
    fits: (sent) => of(sent, "consultations") !== undefined,
    answers: (sent) => ({ detail: of(sent, "consultations")?.id ?? "", ...spoken(of(sent, "consultations"), "channel", "question", "answer", "referred") }),
  },
  outcome: (answers) => ({
    kind: "save",
    subject: answers.id,
    body: {
      rows: [
        serviceRecord(answers, "咨询", { content: [`问：${text(answers, "question")}`, text(answers, "answer") && `答：${text(answers, "answer")}`].filter(Boolean).join("；") }),
        { register: "consultations", id: text(answers, "detail"), values: stated({ record: answers.id, channel: text(answers, "channel"), question: text(answers, "question"), answer: text(answers, "answer"), referred: text(answers, "referred") }) },
      ],
    },
    attachments: attachments(answers),
  }),
};

const URGENCIES: readonly Option[] = [{ code: "一般", label: "一般" }, { code: "紧急", label: "紧急", tone: "warn" }, { code: "立即", label: "立即", tone: "red" }];

/** Life in danger and nobody to ask: the reason stands in place of the consent. */
const overridden = (answers: Answers): { [column: string]: string | boolean | undefined } => {
  const reason = text(answers, "urgency") === "立即" ? text(answers, "override_reason") : "";
  return reason ? { consent_overridden: true, override_reason: reason } : {};
};

export const REFERRAL: Form = {
  key: "referral",
  title: "转介",
  fields: [
    { name: "residents", label: "转介谁", kind: "people", required: "请选转介的是谁", offered: dueFirst },
    { name: "kind", label: "转到哪里", kind: "choice", keep: true, options: () => [{ code: "外部", label: "其他单位" }, { code: "内部", label: "本机构内" }], required: "请选转到哪里" },
    { name: "receiver", label: "接收方", kind: "line", required: "请写接收方", hint: "如 县人民医院、县残联" },
    { name: "urgency", label: "急不急", kind: "choice", keep: true, options: () => URGENCIES, required: "请选急不急" },
    { name: "reason", label: "为什么转", kind: "long", rows: 2, required: "请写一句为什么转", phrases: () => ["需要医疗诊断", "需要心理咨询", "申请救助", "需要法律援助", "需要康复或辅具"] },
    { name: "consented", label: "本人或监护人同意转交资料", kind: "switch", help: "不同意也可以只告诉对方地址和电话，由他（她）自己联系" },
    { name: "override_reason", label: "来不及征得同意，先转的理由", kind: "line", hint: "只限危及生命安全", shown: (answers) => !whether(answers, "consented") && text(answers, "urgency") === "立即" },
    { name: "shared", label: "转交哪些资料", kind: "long", rows: 2, help: "只给办事必需的", shown: (answers) => whether(answers, "consented") },
    { name: "when", label: "时间", kind: "when", lengths: [10, 20, 30, 60], required: "请点一下用了多久" },
    { name: "contact", label: "接收方联系人", kind: "line", folded: true },
    itemField("转介", { folded: true }),
    ...extras("一般不用拍照").filter(({ name }) => name !== "volunteers"),
  ],
  start,
  about,
  reopen: {
    fits: (sent) => of(sent, "referral-files") !== undefined,
    answers: (sent) => {
      const file = of(sent, "referral-files");
      return { detail: file?.id ?? "", consented: said(file?.values, "consented_on") !== "", ...spoken(file, "kind", "receiver", "contact", "urgency", "reason", "shared", "override_reason") };
    },
  },
  title_of: (answers) => `${nameOf(person(answers)) || "居民"} · 转介到${text(answers, "receiver") || "其他单位"}`,
  outcome: (answers) => ({
    kind: "save",
    subject: answers.id,
    body: {
      rows: [
        serviceRecord(answers, "转介", { content: `转介到${text(answers, "receiver")}：${text(answers, "reason")}` }),
        {
          register: "referral-files",
          id: text(answers, "detail"),
          values: stated({
            resident: person(answers), kind: text(answers, "kind"), receiver: text(answers, "receiver"), contact: text(answers, "contact"),
            urgency: text(answers, "urgency"), reason: text(answers, "reason"), shared: text(answers, "shared"), record: answers.id,
            consented_on: whether(answers, "consented") ? when(answers).day : undefined,
            ...(whether(answers, "consented") ? {} : overridden(answers)),
          }),
        },
      ],
    },
    attachments: attachments(answers),
  }),
};

export const RESOURCE: Form = {
  key: "resource",
  title: "资源链接",
  fields: [
    { name: "donor", label: "谁提供的", kind: "line", required: "请写谁提供的", hint: "单位或个人" },
    { name: "kind", label: "提供什么", kind: "choice", keep: true, options: () => plain("物资", "资金", "服务", "场地"), required: "请选提供什么" },
    { name: "what", label: "内容和数量", kind: "line", required: "请写内容和数量", hint: "如 棉被 20 床" },
    { name: "residents", label: "给了谁", kind: "people", several: true, offered: () => [], help: "可以不选；选了会记进他（她）的档案" },
    { name: "when", label: "时间", kind: "when", lengths: [10, 30, 60, 120], required: "请点一下用了多久" },
    { name: "value", label: "金额或折价", kind: "number", unit: "元", step: 100, folded: true },
    { name: "receipt", label: "票据号", kind: "line", folded: true },
    { name: "public_fundraising", label: "是向社会公开募捐来的", kind: "switch", folded: true, help: "公开募捐只能由有资格的慈善组织开展" },
    { name: "charity", label: "哪个慈善组织", kind: "line", folded: true, required: "公开募捐要写由哪个慈善组织开展", shown: (answers) => whether(answers, "public_fundraising") },
    itemField("资源链接", { folded: true }),
    ...extras("照片用来说明物资去向，不拍受助人的脸").filter(({ name }) => name !== "volunteers"),
  ],
  start,
  about: (answers) => text(answers, "donor"),
  reopen: {
    fits: (sent) => of(sent, "resource-links") !== undefined,
    answers: (sent) => {
      const link = of(sent, "resource-links");
      return {
        detail: link?.id ?? "", value: typeof link?.values.value === "number" ? link.values.value : null, received_on: said(link?.values, "received_on"),
        public_fundraising: link?.values.public_fundraising === true, ...spoken(link, "donor", "kind", "what", "receipt", "charity"),
      };
    },
  },
  title_of: (answers) => `${text(answers, "donor") || "资源链接"} · ${text(answers, "what")}`,
  outcome: (answers) => ({
    kind: "save",
    subject: answers.id,
    body: {
      rows: [
        serviceRecord(answers, "资源链接", { content: `${text(answers, "donor")}提供${text(answers, "what")}` }),
        {
          register: "resource-links",
          id: text(answers, "detail"),
          values: stated({
            record: answers.id, donor: text(answers, "donor"), kind: text(answers, "kind"), what: text(answers, "what"), value: count(answers, "value"),
            receipt: text(answers, "receipt"), received_on: text(answers, "received_on") || today(), public_fundraising: whether(answers, "public_fundraising") || undefined, charity: text(answers, "charity"),
          }),
        },
      ],
    },
    attachments: attachments(answers),
  }),
};
