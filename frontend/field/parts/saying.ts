import { readonly, ref } from "vue";

/** One sentence about what just happened; gone by itself, read aloud where somebody listens. */
const words = ref("");
let timer = 0;

export function say(sentence: string): void {
  words.value = sentence;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => { words.value = ""; }, 4000);
}
export const saying = readonly(words);
