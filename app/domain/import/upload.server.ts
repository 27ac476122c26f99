import { Invalid } from "../errors.ts";
import { limits } from "./file.ts";

/** Names, lengths and boundaries around the file in what a browser sends. */
const around = 64 * 1024;
/** So much is read to its end and thrown away, so that the sender is told why; more is cut off. */
const mostDrained = 64 * 1024 * 1024;

/**
 * The file of a form, without ever holding more than a file may have. Throws Invalid for the field "file".
 */
export async function fileOf(request: Request, field: string): Promise<Uint8Array> {
  const body = await boundedBody(request);
  const type = request.headers.get("Content-Type") ?? "";
  const sent = await new Response(Uint8Array.from(body), { headers: { "Content-Type": type } })
    .formData()
    .catch(() => null);
  const file = sent?.get(field);
  if (!(file instanceof Blob) || file.size === 0) throw new Invalid({ [field]: "file-missing" });
  return new Uint8Array(await file.arrayBuffer());
}

async function boundedBody(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    length += next.value.length;
    if (length > mostDrained) break;
    if (length <= limits.fileBytes + around) chunks.push(next.value);
    else chunks.length = 0;
  }
  await reader?.cancel().catch(() => {});
  if (length > limits.fileBytes + around) throw new Invalid({ file: "file-too-large" });
  return Buffer.concat(chunks);
}
