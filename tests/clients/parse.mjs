// Reads a Hydra API as API Platform's own clients do, and prints what they understand of it as JSON.
//
//   node parse.mjs http://127.0.0.1:8000/api
//
// With CARNET_TOKEN set, requests carry it, and with it the parser's other habit: JSON-LD asked for by name, and a
// content type on each GET. Parameters are read from the collections, so without a token there are none.
// Whatever the parser complains about, even if it goes on, ends in exit status 1.
import { parseHydraDocumentation } from "@api-platform/api-doc-parser";

const DEADLINE_MS = 30_000;

const complaints = [];
console.error = console.warn = (...words) => complaints.push(words.map(worded).join(" "));

function worded(reason) {
  if (reason instanceof Error) {
    return reason.cause ? `${reason.message}: ${worded(reason.cause)}` : reason.message || reason.code;
  }
  if (reason?.error instanceof Error) {
    return worded(reason.error);
  }
  const response = reason?.response ?? reason?.error?.response;
  return response ? `${response.url} answered ${response.status} (${response.headers.get("content-type")})` : String(reason);
}

function described(resource, parameters) {
  return {
    name: resource.name,
    url: resource.url,
    id: resource.id,
    title: resource.title,
    fields: resource.fields.map((field) => ({
      name: field.name,
      range: field.range,
      type: field.type,
      required: field.required,
      reference: field.reference?.name ?? null,
      embedded: field.embedded?.name ?? null,
      maxCardinality: field.maxCardinality,
    })),
    readable: resource.readableFields.map((field) => field.name),
    writable: resource.writableFields.map((field) => field.name),
    operations: resource.operations.map(({ name, type, method }) => ({ name, type, method })),
    parameters: parameters.map(({ variable, range, required }) => ({ variable, range, required })),
  };
}

async function read(entrypoint) {
  const options = { signal: AbortSignal.timeout(DEADLINE_MS) };
  const token = process.env.CARNET_TOKEN;
  if (token) {
    options.headers = { Authorization: `Bearer ${token}` };
  }
  const { api } = await parseHydraDocumentation(entrypoint, options);
  const resources = [];
  for (const resource of api.resources) {
    resources.push(described(resource, await resource.getParameters()));
  }
  return { title: api.title, resources };
}

const [entrypoint] = process.argv.slice(2);
if (!entrypoint) {
  process.stderr.write("usage: node parse.mjs ENTRYPOINT\n");
  process.exit(2);
}
let understood;
try {
  understood = await read(entrypoint);
} catch (reason) {
  complaints.push(worded(reason));
}
if (complaints.length > 0) {
  process.stderr.write(`${complaints.map((words) => `parse: ${words}`).join("\n")}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${JSON.stringify(understood, null, 2)}\n`);
}
