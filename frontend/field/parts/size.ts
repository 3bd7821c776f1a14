// The size of the text, kept on the phone: nothing personal, so in clear.
import { ref, watch } from "vue";
import type { Option } from "./options";

export const SIZES: readonly Option[] = [{ code: "16", label: "标准" }, { code: "18", label: "大" }, { code: "21", label: "特大" }];

export const size = ref<string | string[]>(localStorage.getItem("field-size") ?? "16");
watch(size, (pixels) => {
  document.documentElement.style.setProperty("--text", `${String(pixels)}px`);
  localStorage.setItem("field-size", String(pixels));
}, { immediate: true });
