// The truth about the network and the queue, in words.
import { computed, readonly, ref } from "vue";
import { queue } from "./queue";

export type Mood = "idle" | "talking" | "unreachable" | "stranger" | "troubled";

const online = ref(navigator.onLine);
const mood = ref<Mood>("idle");
const trouble = ref("");
const nextTry = ref(0);

window.addEventListener("online", () => { online.value = true; });
window.addEventListener("offline", () => { online.value = false; });

export function setMood(now: Mood, why = "", next = 0): void {
  mood.value = now;
  trouble.value = why;
  nextTry.value = next;
}

const NOW: { [mood in Mood]: string } = {
  idle: "在线", talking: "正在传", unreachable: "连不上服务器", stranger: "请重新登录", troubled: "服务器有故障",
};

const words = computed(() => {
  const state = online.value ? NOW[mood.value] : "离线";
  const count = queue.open.value;
  return `${state} · ${count ? `${count} 条待传` : "全部已传"}`;
});

export const network = {
  online: readonly(online),
  mood: readonly(mood),
  /** What went wrong last, in a sentence, or "". */
  trouble: readonly(trouble),
  /** When it tries again (milliseconds), or 0. */
  nextTry: readonly(nextTry),
  /** 「离线 · 3 条待传」 */
  words,
};
