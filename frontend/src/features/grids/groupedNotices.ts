type Said = {
  readonly kind: string;
  readonly grid: { readonly name: string } | null | undefined;
  readonly staff: { readonly id: string } | null | undefined;
  readonly since: string | null | undefined;
  readonly dueOn: string | null | undefined;
};

/** What is said of one person for the same reason and day is one line, whose grids are counted; in the order given. */
export function groupedNotices<Notice extends Said>(notices: readonly Notice[]): Notice[][] {
  const groups = new Map<string, Notice[]>();
  for (const notice of notices) {
    const { kind, grid, staff, since, dueOn } = notice;
    // Nobody is nobody in each grid anew.
    const who = staff?.id ?? grid?.name;
    const key = [kind, who, since, dueOn].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), notice]);
  }
  return [...groups.values()];
}
