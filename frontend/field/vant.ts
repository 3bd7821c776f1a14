// Vant's components that the app uses, each with its style. Screens take them from here, so that nothing comes along
// that is not shown: the styles one by one, for their usual bundle asks a stranger's server for a font of icons.
import "vant/es/style/base.css";
import "vant/es/overlay/index.css";
import "vant/es/popup/index.css";
import "vant/es/loading/index.css";
import "vant/es/button/index.css";
import "vant/es/dialog/index.css";
import "vant/es/signature/index.css";

export { Popup, showConfirmDialog, Signature } from "vant";
