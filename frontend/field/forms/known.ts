// What the phone knows that forms ask for: residents, code lists, the last record of a person.
import { store, type Json, type Resident, type Row } from "../core";
import type { Option } from "../parts/options";
import { isShielded } from "./rules";

export const resident = (id: string): Resident | undefined => (id ? store.get("residents", id) : undefined);
export const nameOf = (id: string): string => resident(id)?.name ?? "";

export const said = (row: { readonly [name: string]: Json } | undefined, name: string): string => {
  const value = row?.[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
};
export const each = (row: { readonly [name: string]: Json } | undefined, name: string): string[] => {
  const value = row?.[name];
  return Array.isArray(value) ? value.map(String) : [];
};
export const rows = (row: { readonly [name: string]: Json } | undefined, name: string): { [name: string]: Json }[] => {
  const value = row?.[name];
  return Array.isArray(value) ? value.filter((one) => one !== null && typeof one === "object" && !Array.isArray(one)) as { [name: string]: Json }[] : [];
};

/** A closed list by its name, each `{code, name, …}`. */
export const entries = (key: string): { [name: string]: Json }[] => rows(store.get("lists", key), "items");
export const options = (key: string): Option[] => entries(key).map((entry) => ({ code: said(entry, "code"), label: said(entry, "name") }));
export const labelIn = (key: string, code: string): string => options(key).find((option) => option.code === code)?.label ?? code;

export const categoryNames = (row: Resident): string => row.categories.map((code) => labelIn("categories", code)).join("、");

export const shielded = (ids: readonly string[]): boolean => ids.some((id) => {
  const row = resident(id);
  return row !== undefined && isShielded(row.categories, said(row, "born_on"));
});

const refersTo = (row: Row, name: string, id: string): boolean => each(row, name).includes(id) || rows(row, name).some((one) => one.id === id);

/** Own records of a person, newest first. */
export const recordsOf = (person: string): Row[] => store.records.value
  .filter((row) => refersTo(row, "residents", person))
  .sort((a, b) => said(b, "started_at").localeCompare(said(a, "started_at")));

export const lastRecord = (person: string, method: string): Row | undefined => recordsOf(person).find((row) => said(row, "method") === method);

/** Items of the menu for a method, those for the person's categories first, the last one used before all. */
export function items(method: string, person: string): Option[] {
  const categories = resident(person)?.categories ?? [];
  const last = said(lastRecord(person, method), "item");
  const serves = (entry: { [name: string]: Json }): boolean => each(entry, "serves").some((pattern) =>
    categories.some((code) => (pattern.endsWith("*") ? code.startsWith(pattern.slice(0, -1)) : code === pattern)));
  const fits = (entry: { [name: string]: Json }): number => {
    if (entry.code === last) return 0;
    return 1 + (each(entry, "methods").includes(method) ? 0 : 2) + (serves(entry) ? 0 : 1);
  };
  return entries("service-items")
    .map((entry, at) => ({ entry, at, rank: fits(entry) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ entry }) => ({ code: said(entry, "code"), label: said(entry, "name"), hint: entry.code === last ? "上次" : undefined }));
}

/** Those with a duty, the most pressing first: offered before a name is typed. */
export const dueFirst = (): string[] => [...store.duties.value].sort((a, b) => a.due_on.localeCompare(b.due_on)).slice(0, 6).map(({ id }) => id);

export const station = (): string => said((store.me.value?.stations as { [name: string]: Json }[] | undefined)?.[0], "id");
