// A new version of the app is fetched in the background and waits until no form is open.
import { computed, ref } from "vue";
import { formsOpen } from "./drafts";

const waiting = ref<ServiceWorker | null>(null);
const installed = ref(false);
const EVERY = 3_600_000;

/** Register the service worker; without one the app works only while there is a network. */
export async function prepareOffline(): Promise<void> {
  if (!navigator.serviceWorker) return;
  const had = Boolean(navigator.serviceWorker.controller);
  let changed = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    installed.value = true;
    if (had && !changed) { changed = true; location.reload(); }
  });
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  installed.value = Boolean(registration.active);
  void navigator.serviceWorker.ready.then(() => { installed.value = true; });
  waiting.value = registration.waiting;
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) waiting.value = coming;
    });
  });
  setInterval(() => void registration.update().catch(() => undefined), EVERY);
}

export const update = {
  /** Whether the app opens without a network from now on. */
  installed,
  supported: "serviceWorker" in navigator,
  /** A new version is here. */
  waiting: computed(() => waiting.value !== null),
  /** … and no form is open, so it may be taken. */
  ready: computed(() => waiting.value !== null && formsOpen.value === 0),
  apply: (): void => { if (formsOpen.value === 0) waiting.value?.postMessage("take-over"); },
};
