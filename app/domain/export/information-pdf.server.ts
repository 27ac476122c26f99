import { type PdfInput, renderPdf } from "#app/platform/pdf.server.ts";
import type { ForInformation } from "../lifecycle/consolidated.server.ts";
import type { ArrangementToPrint } from "./arrangement.ts";
import { recordAddress } from "./arrangement-data.ts";
import { exerciseMark } from "./exercise-mark.ts";
import { informationData } from "./information-data.ts";
import { qrCode } from "./qr.server.ts";

/**
 * The text as it is changed, on paper, for information: nobody signed it and nothing seals it. The code on its pages
 * leads to what is recorded of the signed text. Throws as `renderPdf` does.
 */
export async function renderForInformation(
  signed: ArrangementToPrint,
  changed: ForInformation,
  { signal }: Pick<PdfInput, "signal"> = {},
): Promise<Uint8Array> {
  const utf8 = new TextEncoder();
  return renderPdf({
    template: "#app/domain/export/arrangement.typ",
    data: informationData(signed, changed),
    attachments: {
      "exercise.svg": utf8.encode(exerciseMark),
      "look-up.svg": utf8.encode(await qrCode(recordAddress(signed))),
    },
    at: changed.at,
    signal,
  });
}
