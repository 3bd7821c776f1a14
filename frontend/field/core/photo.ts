// Photos leave the phone small and without a trace: drawn anew on a canvas, so place, time and maker of the picture
// are gone before anything is stored.
import { Refusal } from "./types";

export interface Shrunk { blob: Blob; width: number; height: number }

const LONGEST = [1280, 1024, 800, 640];  // pixels: what a notice on a wall needs to stay legible
const QUALITIES = [0.75, 0.6, 0.45];

/** The picture as a JPEG of at most `limit` bytes. */
export async function shrink(file: Blob, limit = 300 * 1024): Promise<Shrunk> {
  const picture = await decoded(file);
  const { width, height } = measure(picture);
  for (const longest of LONGEST) {
    const scale = Math.min(1, longest / Math.max(width, height));
    const canvas = drawn(picture, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    for (const quality of QUALITIES) {
      const blob = await encoded(canvas, quality);
      if (blob.size <= limit) return { blob, width: canvas.width, height: canvas.height };
    }
  }
  throw new Refusal("这张照片压缩后仍然太大，请换一张");
}

type Picture = ImageBitmap | HTMLImageElement;

async function decoded(file: Blob): Promise<Picture> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return await asElement(file);  // older WebViews know no options, or not this kind of file
  }
}

function asElement(file: Blob): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    const address = URL.createObjectURL(file);
    const done = () => URL.revokeObjectURL(address);
    image.onload = () => { done(); resolve(image); };
    image.onerror = () => { done(); reject(new Refusal("这个文件不是手机能打开的照片")); };
    image.src = address;
  });
}

function measure(picture: Picture): { width: number; height: number } {
  return picture instanceof HTMLImageElement ? { width: picture.naturalWidth, height: picture.naturalHeight } : picture;
}

function drawn(picture: Picture, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) throw new Refusal("手机内存不足，请关掉别的应用再试");
  context.fillStyle = "#fff";  // what was transparent
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Refusal("手机内存不足，请关掉别的应用再试"))), "image/jpeg", quality);
  });
}
