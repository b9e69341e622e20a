type Props = { sizePx: number };

/** The product's mark: four cells of a grid, one of them today's. */
export function Mark({ sizePx }: Props) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="6" fill="var(--accent)" />
      <path d="M8 8h7v7H8zM17 8h7v7h-7zM8 17h7v7H8z" fill="#fff" />
      <path d="M17 17h7v7h-7z" fill="#9fd0e0" />
    </svg>
  );
}
