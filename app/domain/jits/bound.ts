/** Prisma condition on Party: bound by the arrangement at the instant, neither still joining nor gone by then. */
export function boundAt(at: Date) {
  return { accedingById: null, OR: [{ leftAt: null }, { leftAt: { gt: at } }] };
}

/** The same in SQL for the party called `y`; `at` is the placeholder of the instant, such as "$2". */
export function boundSql(at: string): string {
  return `y.acceding_by_id IS NULL AND (y.left_at IS NULL OR y.left_at > ${at}::timestamptz)`;
}
