// The phone's clock and how far it is from the server's. Times are sent as the phone has them; the server judges.
import { computed, readonly, ref } from "vue";
import { onOpened, readMark } from "./vault";

const TRUSTED = 600;  // seconds; the server decides, this only warns in time
const offset = ref<number | null>(null);

export function setOffset(seconds: number | null): void {
  offset.value = seconds;
}

onOpened(async () => setOffset((await readMark<number>("offset")) ?? null));

const pad = (value: number, digits = 2): string => String(Math.abs(value)).padStart(digits, "0");

/** A moment as the phone's clock shows it, with its zone: 2026-05-06T09:30:00+08:00. */
export function iso(moment = new Date()): string {
  const zone = -moment.getTimezoneOffset();
  const sign = zone < 0 ? "-" : "+";
  const hours = pad(Math.trunc(zone / 60));
  return `${day(moment)}T${pad(moment.getHours())}:${pad(moment.getMinutes())}:${pad(moment.getSeconds())}${sign}${hours}:${pad(zone % 60)}`;
}

/** The day as the phone's calendar shows it: 2026-05-06. */
export function day(moment = new Date()): string {
  return `${pad(moment.getFullYear(), 4)}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
}

export const clock = {
  now: (): Date => new Date(),
  iso,
  day,
  /** Seconds server − phone at the last contact; null before the first. */
  offset: readonly(offset),
  /** A sentence when the phone's clock is wrong, else "". */
  warning: computed(() => {
    const seconds = offset.value ?? 0;
    if (Math.abs(seconds) <= TRUSTED) return "";
    return `手机时间${seconds > 0 ? "慢" : "快"}了约 ${Math.round(Math.abs(seconds) / 60)} 分钟，请在手机设置里打开「自动确定时间」`;
  }),
};
