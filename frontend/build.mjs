// Builds every bundle the server hands out into dist/, whose names are stable: the server adds the hashes.
import { build, context } from "esbuild";
import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { vue } from "./vue.mjs";

const watching = process.argv.includes("--watch");
const target = ["chrome87", "firefox91", "safari15"];
const shared = { bundle: true, minify: !watching, sourcemap: watching, target, legalComments: "none", charset: "utf8", logLevel: "warning" };
const field = {
  "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false",
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
};
const bundles = [
  { ...shared, entryPoints: { office: "office/ts/main.ts" }, format: "iife", outdir: "dist" },
  { ...shared, entryPoints: { charts: "office/ts/charts.ts" }, format: "esm", outdir: "dist" },
  { ...shared, entryPoints: { office: "office/css/index.css" }, outdir: "dist" },
  { ...shared, entryPoints: { field: "field/main.ts" }, format: "iife", outdir: "dist", plugins: [vue()], define: field },
  { ...shared, entryPoints: { "field-worker": "field/sw/main.ts" }, format: "iife", outdir: "dist" },
];
const copies = [
  ["office/icons.svg", "dist/icons.svg"], ["office/mark.svg", "dist/mark.svg"],
  ["field/icons/192.png", "dist/field-192.png"], ["field/icons/512.png", "dist/field-512.png"],
];
// Phones pay for every byte: these are handed out compressed also where no proxy does it.
const compressed = ["field.js", "field.css"];

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
for (const [from, to] of copies) await copyFile(from, to);

if (watching) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
  for (const name of compressed) await writeFile(`dist/${name}.gz`, gzipSync(await readFile(`dist/${name}`), { level: 9 }));
  for (const name of ["office.js", "office.css", "charts.js", "field.js", "field.css", "field-worker.js", "icons.svg", "mark.svg"]) {
    const { size } = await stat(`dist/${name}`);
    console.log(`${name.padEnd(16)} ${(size / 1024).toFixed(1).padStart(7)} KB`);
  }
}
