// The phone app starts here.
import "./css/theme.css";
import "./css/frame.css";
import { createApp } from "vue";
import { prepareOffline, session } from "./core";
import { nameDialogs } from "./parts/naming";
import { startRouter } from "./router";
import { routes } from "./screens";
import App from "./shell/App.vue";

startRouter(routes);
void session.start();
nameDialogs();
createApp(App).mount("#app");
void prepareOffline().catch(() => undefined);  // the strip says that the app needs the network for now
