import { clock, today } from "./time";

/** When something was: its day, its end and how long it took. The length is never filled in beforehand. */
export interface When { day: string; end: string; minutes: number | null }

export const justNow = (): When => ({ day: today(), end: clock(new Date()), minutes: null });
