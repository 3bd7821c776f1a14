/** Days and clocks as people say them; device time. */
const two = (value: number): string => String(value).padStart(2, "0");

export const dayOf = (moment: Date): string => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
export const clock = (moment: Date): string => `${two(moment.getHours())}:${two(moment.getMinutes())}`;
export const today = (): string => dayOf(new Date());

export const midnight = (day: string): Date => {
  const [year = 1970, month = 1, date = 1] = day.slice(0, 10).split("-").map(Number);
  return new Date(year, month - 1, date);
};

export const daysAgo = (days: number): string => {
  const moment = midnight(today());
  moment.setDate(moment.getDate() - days);
  return dayOf(moment);
};

/** Whole days from today to a day; negative is past. Noon against noon, so that no change of clocks matters. */
export const daysUntil = (day: string): number => Math.round((midnight(day).getTime() - midnight(today()).getTime()) / 86_400_000);

const NAMES: Readonly<Record<number, string>> = { [-2]: "前天", [-1]: "昨天", 0: "今天", 1: "明天", 2: "后天" };

export const sayDay = (day: string): string => NAMES[daysUntil(day)] ?? day;

/** A moment of the server or of this phone: 今天 10:40, 2026-11-20 09:15. */
export const sayMoment = (iso: string): string => {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "—" : `${sayDay(dayOf(moment))} ${clock(moment)}`;
};

export const ageOn = (born: string, day: string): number => {
  const [year = 0, month = 0, date = 0] = born.split("-").map(Number);
  const [thisYear = 0, thisMonth = 0, thisDate = 0] = day.split("-").map(Number);
  return thisYear - year - (thisMonth < month || (thisMonth === month && thisDate < date) ? 1 : 0);
};

export const iso = (day: string, time: string, minutesEarlier = 0): string => {
  const moment = midnight(day);
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  moment.setHours(hours, minutes - minutesEarlier);
  return moment.toISOString();
};

/** How late, in words: 逾期 3 天, 今天到期, 还有 5 天. */
export const sayDue = (day: string): string => {
  const days = daysUntil(day);
  if (days < 0) return `逾期 ${-days} 天`;
  if (days === 0) return "今天到期";
  return days === 1 ? "明天到期" : `还有 ${days} 天`;
};
