// Takes the appeals for funding out of package-lock.json: they are addresses, and npm installs without them.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
}
const text = `${JSON.stringify(lock, null, 2)}\n`;
if (text.includes("://")) {
  throw new Error("package-lock.json still holds an address");
}
writeFileSync(path, text);
