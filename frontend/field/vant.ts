// Vant's components that the app uses, each with its style. Screens take them from here, so that nothing comes along
// that is not shown.
import "vant/es/button/style/index.mjs";
import "vant/es/dialog/style/index.mjs";
import "vant/es/popup/style/index.mjs";
import "vant/es/signature/style/index.mjs";

export { Button, Popup, showConfirmDialog, Signature } from "vant";
