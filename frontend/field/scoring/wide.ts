import { readonly, ref } from "vue";

/** Room for two columns: a tablet held either way, from 768 px. */
const asked = window.matchMedia("(min-width: 768px)");
const wide = ref(asked.matches);
asked.addEventListener("change", ({ matches }) => { wide.value = matches; });
export const isWide = readonly(wide);
