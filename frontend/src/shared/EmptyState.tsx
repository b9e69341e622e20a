import type { ReactNode } from 'react';

type Props = { title: string; advice?: string; action?: ReactNode };

/** Nothing here: says so, and what to do next. */
export function EmptyState({ title, advice, action }: Props) {
  return (
    <div className="empty" role="status">
      <svg width="48" height="32" viewBox="0 0 48 32" aria-hidden="true" focusable="false">
        <path d="M1 9h46M1 19h46M12 1v30M24 1v30M36 1v30" stroke="var(--line)" strokeWidth="1.5" fill="none" />
        <rect x="24" y="9" width="12" height="10" fill="var(--accent-tint)" stroke="var(--accent)" strokeWidth="1.5" />
      </svg>
      <p className="empty-title">{title}</p>
      {advice && <p className="empty-advice">{advice}</p>}
      {action}
    </div>
  );
}
