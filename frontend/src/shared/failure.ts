import i18next from 'i18next';
import { GraphQLFailure } from '@/relay/network';

/** The sentence for a stable code, or the server's own sentence where the catalogue has none. */
export function refusalSentence(code: string, message: string): string {
  const key = `refusal.${code}`;
  return i18next.exists(key) ? i18next.t(key as 'refusal.FORBIDDEN') : message;
}

/** The sentence for a code without a message. */
export function codeSentence(code: string): string {
  return refusalSentence(code, i18next.t('refusal.INTERNAL'));
}

/** What to tell people about something that was thrown: what happened, what was kept, what to do. */
export function failureSentence(error: unknown): string {
  return codeSentence(error instanceof GraphQLFailure ? error.code : 'INTERNAL');
}
