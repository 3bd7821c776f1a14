// Vant's components that the app uses, each with its style. Screens take them from here, so that nothing comes along
// that is not shown.
import "vant/es/button/style/index.mjs";
import "vant/es/dialog/style/index.mjs";

export { Button, showConfirmDialog } from "vant";
