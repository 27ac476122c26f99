/** The address of the arrangement of a team, or of one of its annexes. */
export function textPath(reference: string, annex: string | null | undefined): string {
  return annex ? `/jits/${reference}/annexes/${annex}` : `/jits/${reference}/agreement`;
}
