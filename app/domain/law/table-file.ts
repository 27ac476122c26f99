import { Invalid } from "../errors.ts";
import { longestTable } from "./status-table.ts";

/**
 * The words of a file of a table, as spreadsheets save it: UTF-8, or UTF-16 with its mark. Throws Invalid for the field
 * "file" when it is too long or written in something else.
 */
export async function tableTextOf(file: Blob): Promise<string> {
  // UTF-16 takes two bytes a letter; what is longer than that is too long in any writing.
  if (file.size > 2 * longestTable) throw new Invalid({ file: "table-too-long" });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Invalid({ file: "table-encoding" });
  }
}
