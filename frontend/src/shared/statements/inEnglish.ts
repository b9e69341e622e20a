// By name, so that pages do not carry the sentences that the server alone says.
import { halts, money, separator, span, statements, values } from '../../../../schema/words/en.json';
import { files } from '../../../../schema/words/files.en.json';
import type { Words } from './words';

/** Fetched with the other English words, by whoever reads them. */
export const WORDS_IN_ENGLISH: Words = {
  money,
  separator,
  span,
  statements: { ...statements, ...files, ...halts },
  values,
};
