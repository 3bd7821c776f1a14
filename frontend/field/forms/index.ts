// Every form by its key, and where its page is.
import { store } from "../core";
import type { Drawing } from "../parts/drawings";
import { CASE } from "./case";
import { CONSULT, REFERRAL, RESOURCE } from "./contacts";
import type { Form } from "./definition";
import { ACTIVITY, GROUP } from "./gatherings";
import { INCIDENT } from "./incident";
import { AMEND, RESIDENT, RISK, SURVEY } from "./resident";
import { addressOf as addressOfScore, isScore } from "../scoring/known";
import { VISIT } from "./visit";

export const FORMS: readonly Form[] = [VISIT, CASE, GROUP, ACTIVITY, CONSULT, RESIDENT, SURVEY, REFERRAL, RESOURCE, AMEND, RISK];
export const titleOf = (key: string): string => (isScore(key) ? "评分" : key.startsWith("scale:") ? "测评" : [...FORMS, INCIDENT].find((form) => form.key === key)?.title ?? key);
export const addressOf = (key: string): string => (isScore(key) ? addressOfScore(key) : key.startsWith("scale:") ? `/scale/${encodeURIComponent(key.slice("scale:".length))}` : `/form/${key}`);

export interface Entry { readonly key: string; readonly label: string; readonly icon: Drawing; readonly red?: boolean; readonly missing?: () => string }

/** What one can record, in the order of the round +. What cannot be filled in yet says why. */
export const ENTRIES: readonly Entry[] = [
  { key: "visit", label: "探访", icon: "home" },
  { key: "case", label: "个案过程", icon: "talk", missing: () => (store.cases.value.length ? "" : "名下没有进行中的个案") },
  { key: "group", label: "小组", icon: "group", missing: () => (store.groups.value.length ? "" : "站里没有进行中的小组") },
  { key: "activity", label: "活动", icon: "flag" },
  { key: "consult", label: "咨询", icon: "ask" },
  { key: "resident", label: "新对象", icon: "person" },
  { key: "survey", label: "入户调查", icon: "survey" },
  { key: "incident", label: "紧急上报", icon: "urgent", red: true },
  { key: "referral", label: "转介", icon: "send" },
  { key: "resource", label: "资源链接", icon: "link" },
];
