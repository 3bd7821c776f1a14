// Every screen of the app with its address.
import type { Route } from "../router";
import Me from "./Me.vue";
import People from "./People.vue";
import Records from "./Records.vue";
import Today from "./Today.vue";

export const routes: Route[] = [
  { path: "/today", title: "今日", screen: Today, tab: "today" },
  { path: "/people", title: "对象", screen: People, tab: "people" },
  { path: "/records", title: "记录", screen: Records, tab: "records" },
  { path: "/me", title: "我的", screen: Me, tab: "me" },
];
