// Words the browser says by itself. The server may replace each one (translation) by <meta name="words" content="{…}">.
const CHINESE = {
  refused: "您没有权限做这件事。如需办理，请联系本级管理员。",
  gone: "这条内容不存在，或不在您的管辖范围内。请刷新后再看。",
  failed: "没有办成，数据未改动。请稍后再试；仍不行请联系管理员。",
  offline: "网络不通，没有提交。检查网络后再试一次。",
  close: "关闭",
  required: "必填，请填写。",
  number: "请填数字，例如 12 或 75400.00。",
  date: "请按 2021-06-05 的样子填写日期。",
  tooLow: "不能小于 {0}。",
  tooHigh: "不能大于 {0}。",
  tooLong: "最多 {0} 个字，现在是 {1} 个。",
  choose: "请从列表里选一项。",
  unpick: "去掉{0}",
  noMatch: "没有找到。可输入名称、拼音首字母或代码。",
  chosen: "已选 {0}",
  leaving: "填写的内容还没有保存。",
  missing: "未填报",
  answered: "已答 {0} / {1} 题",
} as const;

export type Word = keyof typeof CHINESE;

let replaced: Partial<Record<Word, string>> | undefined;

export function t(word: Word, ...values: (string | number)[]): string {
  if (!replaced) {
    const given = document.querySelector<HTMLMetaElement>("meta[name=words]")?.content;
    replaced = given ? (JSON.parse(given) as Partial<Record<Word, string>>) : {};
  }
  return (replaced[word] ?? CHINESE[word]).replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
}
