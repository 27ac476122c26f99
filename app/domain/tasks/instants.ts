/** SQL for an instant as JavaScript writes it: "2026-12-03T19:00:00.000Z". */
export function iso(value: string): string {
  return `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
