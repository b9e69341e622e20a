import type { ReactNode } from 'react';

type Props = { tone?: 'refused' | 'waiting'; children: ReactNode };

/** Beside the button that was pressed: what happened, what was kept, what to do. Read out when it appears. */
export function FormAlert({ tone = 'refused', children }: Props) {
  return (
    <p role="alert" className={tone === 'waiting' ? 'alert-line alert-waiting' : 'alert-line'}>
      {children}
    </p>
  );
}
