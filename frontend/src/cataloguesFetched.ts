import type { Words } from '@/shared/i18n/joined';
import { learnEnglish } from '@/shared/statements/wording';

/** The English words of both shells, and the server's sentences. */
export async function fetchEnglish(): Promise<Words> {
  const [{ ENGLISH }, { WORDS_IN_ENGLISH }] = await Promise.all([
    import('@/cataloguesInEnglish'),
    import('@/shared/statements/inEnglish'),
  ]);
  learnEnglish(WORDS_IN_ENGLISH);
  return ENGLISH;
}
