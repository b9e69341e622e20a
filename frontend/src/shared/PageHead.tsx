import type { ReactNode } from 'react';

type Props = { title: string; detail?: ReactNode; actions?: ReactNode };

export function PageHead({ title, detail, actions }: Props) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      {detail}
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  );
}
