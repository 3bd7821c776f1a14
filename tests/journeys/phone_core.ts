// The phone app's core without its screens, for tests that are about the core: `window.core`.
import * as core from "../../frontend/field/core";

Object.assign(window, { core });
void core.session.start();
