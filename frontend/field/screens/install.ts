// Putting the app on the home screen, where the browser lets one ask for it.
import { readonly, ref } from "vue";

interface Offer extends Event { prompt(): Promise<void> }

const offer = ref<Offer | null>(null);
const done = ref(window.matchMedia("(display-mode: standalone)").matches);
const offered = ref(false);

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer.value = event as Offer;
  offered.value = true;
});
window.addEventListener("appinstalled", () => { done.value = true; offered.value = false; });

async function now(): Promise<void> {
  await offer.value?.prompt();
  offered.value = false;
}
export const install = { offered: readonly(offered), done: readonly(done), now };
