// A record that came back: its form opens with everything as it was sent, and what is changed goes as one piece of work.
import { store, type Json, type NewWork, type SavedRow, type Values } from "../core";
import { clock, dayOf } from "../parts/time";
import type { Answers, Form, Sent } from "./definition";
import { each, said } from "./known";

const RECORD = "service-records";
const isRow = (one: Json): one is { [name: string]: Json } => one !== null && typeof one === "object" && !Array.isArray(one);

/** What was sent with a record that came back; empty where the phone does not have it. */
export function sentWith(id: string): Sent[] {
  const told = store.get("records", id)?.sent;
  return Array.isArray(told) ? told.filter(isRow).map((row) => ({ register: said(row, "register"), id: said(row, "id"), values: (row.values ?? {}) as Values })) : [];
}
export const of = (sent: readonly Sent[], register: string): Sent | undefined => sent.find((row) => row.register === register);

/** The answers that are texts as they stand in the row. */
export const spoken = (row: Sent | undefined, ...names: string[]): { [name: string]: Json } => Object.fromEntries(names.map((name) => [name, said(row?.values, name)]));

/** The form that a record was written with, if it can be opened again. */
export function formOf(id: string, forms: readonly Form[]): Form | undefined {
  const sent = sentWith(id);
  return of(sent, RECORD) ? forms.find((form) => form.reopen?.fits(sent)) : undefined;
}

export function reopened(form: Form, id: string): Answers | null {
  const sent = sentWith(id);
  const values = of(sent, RECORD)?.values;
  if (!values || !form.reopen?.fits(sent)) return null;
  return { ...form.start({}), ...general(id, values), ...form.reopen.answers(sent), sent: sent as unknown as Json } as Answers;
}

/** What every service says (`serviceRecord` the other way round). */
function general(id: string, values: Values): Answers {
  const [began, ended] = [new Date(said(values, "started_at")), new Date(said(values, "ended_at"))];
  const minutes = Math.round((ended.getTime() - began.getTime()) / 60_000);
  const spot = values.longitude !== undefined && values.latitude !== undefined ? { longitude: values.longitude, latitude: values.latitude } : null;
  return {
    id, residents: each(values, "residents"), item: said(values, "item"), when: { day: dayOf(ended), end: clock(ended), minutes },
    place: said(values, "place"), spot, tasks: each(values, "tasks"), travel: said(values, "travel_minutes"),
    volunteers: values.volunteers ?? null,
    station: said(values, "station"),
  };
}

/** Who was there, and the row of each, so that nobody gets a second one. */
export function attended(sent: readonly Sent[]): { names: Json; attendances: Json } {
  const rows = sent.filter(({ register }) => register === "attendances");
  const coded = rows.map(({ id, values }) => ({ id, isThere: values.present !== false, code: said(values, "resident") || `name:${said(values, "name")}` }));
  return {
    names: { present: coded.filter(({ isThere }) => isThere).map(({ code }) => code), others: [] },
    attendances: Object.fromEntries(coded.map(({ code, id }) => [code, id])),
  };
}

/** `was` is what the platform told the phone, so that it sees what others changed meanwhile. */
export function corrections(form: Form, answers: Answers): NewWork[] {
  const id = answers.id;
  const sent = answers.sent as unknown as Sent[];
  const before = rowsOf(form, reopened(form, id) ?? answers);
  const now = rowsOf(form, answers);
  const amends: Json[] = [];
  const fresh: SavedRow[] = [];
  for (const row of now) {
    const stored = sent.find((one) => one.id === row.id);
    if (stored) amends.push(...change(stored, before.find((one) => one.id === row.id)?.values ?? {}, row.values));
    else fresh.push(row);
  }
  for (const row of before) {
    if (row.register === "attendances" && !now.some((one) => one.id === row.id)) amends.push(amend(row, { present: { was: true, is: false } }));
  }
  const title = form.title_of(answers);
  return [
    ...(fresh.length ? [{ kind: "save" as const, subject: id, title, body: { rows: fresh } }] : []),
    ...(amends.length ? [{ kind: "resubmit" as const, subject: id, title: `${title} · 改正后重交`, body: { amends } }] : []),
  ] as NewWork[];
}

const rowsOf = (form: Form, answers: Answers): SavedRow[] => {
  const { body } = form.outcome(JSON.parse(JSON.stringify(answers)) as Answers);
  return "rows" in body ? body.rows : [];
};
const amend = (row: { register: string; id: string }, fields: Json): Json => ({ register: row.register, id: row.id, fields });

function change(stored: Sent, before: Values, now: Values): Json[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => spelled(before[name]) !== spelled(now[name]));
  const fields = Object.fromEntries(names.map((name) => [name, { was: stored.values[name] ?? null, is: now[name] ?? null }]));
  return names.length ? [amend(stored, fields)] : [];
}
const spelled = (value: Json | undefined): string => JSON.stringify(Array.isArray(value) ? [...value].sort() : value ?? null);
