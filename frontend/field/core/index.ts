// The core of the phone app as screens use it. Nothing here shows anything; everything that changes is reactive.
//
//   session    who is at the phone: signing in, PIN, locking, leaving
//   store      what the phone knows: residents, duties, cases …; search
//   drafts     what is being typed
//   queue      what was done: saved for good before `enqueue` comes back, sent when there is a network
//   sync       sending and fetching (by itself; `sync.now()` at a person's wish)
//   network    the truth about both in words
//   clock, photo, dictation, update
export { clock } from "./clock";
export { dictation } from "./dictation";
export { drafts, formsOpen, type Autosave, type DraftContent } from "./drafts";
export { network } from "./network";
export { queue } from "./queue";
export { uuid7 } from "./sealing";
export { session, WRONG_PINS, type Earlier, type Stage } from "./session";
export { store } from "./store";
export { sync } from "./sync";
export { update, prepareOffline } from "./update";
export * from "./types";

import { shrink } from "./photo";
export const photo = { shrink };
