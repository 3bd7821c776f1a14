// Sealing with AES-GCM. A sealed text is bound to its place (`where`): moved to another row it does not open.
const IV = 12;
const KEY = 32;
export const ROUNDS = 310_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A UUID of version 7: sorts by the time it was made. */
export function uuid7(now = Date.now()): string {
  const bytes = random(16);
  for (let index = 5, rest = now; index >= 0; index--, rest = Math.floor(rest / 256)) bytes[index] = rest % 256;
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The key that a PIN or a password gives. */
export async function derive(secret: string, salt: Uint8Array, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: salt as BufferSource, iterations: rounds },
    material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"],
  );
}

export const newKeyBytes = (): Uint8Array => random(KEY);

export function keyOf(bytes: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes as BufferSource, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function sealBytes(key: CryptoKey, where: string, bytes: BufferSource): Promise<Uint8Array> {
  const iv = random(IV);
  const algorithm = { name: "AES-GCM", iv: iv as BufferSource, additionalData: encoder.encode(where) };
  const secret = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, bytes));
  const sealed = new Uint8Array(IV + secret.length);
  sealed.set(iv);
  sealed.set(secret, IV);
  return sealed;
}

/** Throws when the key or the place is another one. */
export async function openBytes(key: CryptoKey, where: string, sealed: Uint8Array): Promise<ArrayBuffer> {
  const algorithm = { name: "AES-GCM", iv: sealed.subarray(0, IV) as BufferSource, additionalData: encoder.encode(where) };
  return crypto.subtle.decrypt(algorithm, key, sealed.subarray(IV) as BufferSource);
}

export function seal(key: CryptoKey, where: string, value: unknown): Promise<Uint8Array> {
  return sealBytes(key, where, encoder.encode(JSON.stringify(value)));
}

export async function unseal<T>(key: CryptoKey, where: string, sealed: Uint8Array): Promise<T> {
  return JSON.parse(decoder.decode(await openBytes(key, where, sealed))) as T;
}

export const sizeOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;
