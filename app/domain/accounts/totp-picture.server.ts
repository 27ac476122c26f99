import { create } from "qrcode";

/** The address as a QR code: its side in modules, and the dark ones as a path of SVG. */
export type QrPicture = { size: number; path: string };

export function qrPicture(address: string): QrPicture {
  const { size, data } = create(address, { errorCorrectionLevel: "M" }).modules;
  const dark = Array.from(data).flatMap((on, index) =>
    on ? [`M${index % size} ${Math.floor(index / size)}h1v1h-1z`] : [],
  );
  return { size, path: dark.join("") };
}
