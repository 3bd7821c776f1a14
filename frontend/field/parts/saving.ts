// One tap on 完成 is one record: while it is being saved, and once it has been, further taps do nothing.
import { readonly, ref } from "vue";
import { Refusal } from "../core";
import { backFrom } from "../router";
import { say } from "./saying";

export function saving() {
  const busy = ref(false);
  const trouble = ref("");

  /** `act` gives what is then told to the person, who is taken back; "" when nothing was saved. */
  async function once(act: () => Promise<string>, otherwise?: string): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    trouble.value = "";
    const leave = backFrom(otherwise);
    try {
      const told = await act();
      if (told) { say(told); leave(); return; }  // the screen is on its way out and stays as it is
    } catch (error) {
      busy.value = false;
      if (!(error instanceof Refusal)) throw error;
      trouble.value = error.message;
    }
    busy.value = false;
  }

  return { busy: readonly(busy), trouble, once };
}
