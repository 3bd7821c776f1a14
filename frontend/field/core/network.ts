// The truth about the network and the queue, in words.
import { computed, readonly, ref } from "vue";
import { queue } from "./queue";

export type Mood = "idle" | "talking" | "unreachable" | "stranger" | "troubled" | "busy";

const online = ref(navigator.onLine);
const mood = ref<Mood>("idle");
const why = ref("");
const nextTry = ref(0);
const clock = ref(Date.now());  // goes by seconds while one waits for a busy platform
let ticking = 0;

window.addEventListener("online", () => { online.value = true; });
window.addEventListener("offline", () => { online.value = false; });

export function setMood(now: Mood, said = "", next = 0): void {
  mood.value = now;
  why.value = said;
  nextTry.value = next;
  clock.value = Date.now();
  window.clearInterval(ticking);
  if (now === "busy") ticking = window.setInterval(() => { clock.value = Date.now(); }, 1000);
}

const trouble = computed(() => {
  if (mood.value !== "busy") return why.value;
  const seconds = Math.max(1, Math.ceil((nextTry.value - clock.value) / 1000));
  return `平台正忙，${seconds} 秒后自动再传，记录都在手机里`;
});

const NOW: { [mood in Mood]: string } = {
  idle: "在线", talking: "正在传", unreachable: "连不上服务器", stranger: "请重新登录", troubled: "服务器有故障",
  busy: "平台正忙",
};

const words = computed(() => {
  const state = online.value ? NOW[mood.value] : "离线";
  const count = queue.open.value;
  const rest = queue.refused.value ? `${queue.refused.value} 条没有收下` : "全部已传";
  return `${state} · ${count ? `${count} 条待传` : rest}`;
});

export const network = {
  online: readonly(online),
  mood: readonly(mood),
  /** What went wrong last, in a sentence, or "". */
  trouble,
  /** When it tries again (milliseconds), or 0. */
  nextTry: readonly(nextTry),
  /** 「离线 · 3 条待传」 */
  words,
};
