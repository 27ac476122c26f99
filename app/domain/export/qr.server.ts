import { toString as drawn } from "qrcode";

/**
 * The address as a QR code in SVG, without a margin. Scheme, host and path are given in capitals, which a QR code holds
 * in fewer and therefore larger dots; our addresses are the same in both.
 */
export function qrCode(address: string): Promise<string> {
  return drawn(address.toUpperCase(), { type: "svg", errorCorrectionLevel: "M", margin: 0 });
}
