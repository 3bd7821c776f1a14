// The office desk in the browser. Pages are made by the server; this adds what a page cannot do alone.
import "./server";
import { watchCharts } from "./charts-when-needed";
import { watchForms } from "./forms";
import { watchKeyboard } from "./keyboard";
import { watchMenus } from "./menus";
import { watchPickers } from "./picker";
import { watchReveals } from "./reveal";
import { watchScales } from "./scales";
import { watchSearch } from "./search";
import { watchTables } from "./tables";

watchMenus();
watchKeyboard();
watchSearch();
watchTables();
watchPickers();
watchForms();
watchReveals();
watchCharts();
watchScales();
