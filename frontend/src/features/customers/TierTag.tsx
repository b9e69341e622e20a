import { useCodeWord } from '@/shared/words';

type Props = { tier: string };

/** Only key customers are marked: a mark on everybody marks nobody. */
export function TierTag({ tier }: Props) {
  const word = useCodeWord();
  return tier === 'KEY' ? <span className="tag tag-accent">{word('tier', tier)}</span> : null;
}
