import { photo, uuid7 } from "../core";

/** A picture as a draft keeps it: small, without place or maker, until the queue takes it. */
export type Picture = { id: string; name: string; data: string };

const KILOBYTES = 300;

export async function pictureOf(file: Blob, name: string): Promise<Picture> {
  const { blob } = await photo.shrink(file, KILOBYTES * 1024);
  return { id: uuid7(), name, data: await dataOf(blob) };
}

export const dataOf = (blob: Blob): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
  reader.readAsDataURL(blob);
});

/** Back to bytes, by hand: a policy that allows no `data:` addresses forbids fetching them. */
export function blobOf(data: string): Blob {
  const [head = "", body = ""] = data.split(",");
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: /data:([^;]+)/.exec(head)?.[1] ?? "image/jpeg" });
}
