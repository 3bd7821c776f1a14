// What the law wants reported at once (domain §20), in words that can be read while it happens.
import type { Option } from "../parts/options";

const red = (code: string, label: string): Option => ({ code, label, tone: "red" });

export const CHILD_SIGNALS: readonly Option[] = [
  red("M1", "隐私部位有非正常损伤"),
  red("M2", "不满 14 岁女童疑似被性侵、怀孕、流产"),
  red("M3", "14 岁以上女孩疑似因性侵怀孕、流产"),
  red("M4", "多处伤、极度消瘦、神志不清"),
  red("M5", "自伤、中毒、被打等致伤残死亡"),
  red("M6", "被遗弃，或长期没有人照料"),
  red("M7", "来历不明、失踪、疑似被拐"),
  red("M8", "被组织乞讨"),
  red("M9", "其他严重侵害，或正面临危险"),
];
const LEFT_BEHIND: readonly Option[] = [
  red("LB1", "留守儿童独自居住"), red("LB2", "留守儿童失踪"), red("LB3", "监护人不能或不履行监护"),
];
export const SIGNALS: readonly Option[] = [
  ...CHILD_SIGNALS, red("DV", "家庭暴力"), red("CR", "有自杀、自伤的念头或行为"), ...LEFT_BEHIND, red("HL", "热线转来的线索"),
];
/** A visit's record names violence at home by its word, a report by its code. */
export const reported = (signal: string): string => (signal === "家暴" ? "DV" : signal);
