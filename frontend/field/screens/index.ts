// Every screen of the app with its address.
import { h, type FunctionalComponent } from "vue";
import "../parts/parts.css";
import "../parts/size";
import { FORMS } from "../forms";
import FormPage from "../forms/FormPage.vue";
import IncidentPage from "../forms/IncidentPage.vue";
import ScalePage from "../forms/ScalePage.vue";
import type { Route } from "../router";
import Assessing from "../scoring/Assessing.vue";
import Rounds from "../scoring/Rounds.vue";
import "../scoring/scoring.css";
import Subjects from "../scoring/Subjects.vue";
import Mine from "./Mine.vue";
import People from "./People.vue";
import Person from "./Person.vue";
import RecordPage from "./RecordPage.vue";
import Records from "./Records.vue";
import Scales from "./Scales.vue";
import Today from "./Today.vue";
import Todo from "./Todo.vue";
import WorkPage from "./WorkPage.vue";

// Another question about the same form (whom, which draft) is another form: the key says so.
type Given = { [name: string]: string };
const Incident: FunctionalComponent<Given> = (_props, { attrs }) => h(IncidentPage, { key: JSON.stringify(attrs), given: { ...attrs } as Given });

export const routes: Route[] = [
  { path: "/today", title: "今日", screen: Today, tab: "today" },
  { path: "/people", title: "对象", screen: People, tab: "people" },
  { path: "/scoring", title: "评分", screen: Rounds, tab: "scoring" },
  { path: "/records", title: "记录", screen: Records, tab: "records" },
  { path: "/me", title: "我的", screen: Mine, tab: "me" },
  { path: "/people/:id", title: "对象档案", screen: Person },
  { path: "/records/:id", title: "服务记录", screen: RecordPage },
  { path: "/work/:id", title: "这一条", screen: WorkPage },
  { path: "/todo/:id", title: "待办", screen: Todo },
  { path: "/scoring/:seat", title: "评估对象", screen: Subjects, wide: true },
  { path: "/scoring/:seat/:subject", title: "评分", screen: Assessing, wide: true },
  { path: "/scoring/:seat/:subject/:line", title: "评分", screen: Assessing, wide: true },
  { path: "/scales", title: "测评", screen: Scales },
  { path: "/scale/:id", title: "测评", screen: ScalePage },
  { path: "/form/incident", title: "紧急上报", screen: Incident },
  ...FORMS.map((form): Route => {
    const screen: FunctionalComponent<Given> = (_props, { attrs }) => h(FormPage, { key: JSON.stringify(attrs), form, given: { ...attrs } as Given });
    return { path: `/form/${form.key}`, title: form.title, screen };
  }),
];
