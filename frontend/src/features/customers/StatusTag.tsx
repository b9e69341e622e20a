import { useCodeWord } from '@/shared/words';

type Props = { status: string };

/** Whom the bank no longer serves is marked, so that nobody sets out to see him. */
export function StatusTag({ status }: Props) {
  const word = useCodeWord();
  return status === 'ACTIVE' ? null : <span className="tag tag-overdue">{word('status', status)}</span>;
}
