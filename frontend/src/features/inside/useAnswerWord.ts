import { useTranslation } from 'react-i18next';
import { useIndustryWord } from '@/shared/industries/useIndustryWord';
import { useCodeWord } from '@/shared/words';
import { bandOf, OLDEST_AGE, type Question } from './answers';

/** An answer in words. */
export function useAnswerWord(): (question: Question, answer: string) => string {
  const { t } = useTranslation();
  const word = useCodeWord();
  const industry = useIndustryWord();
  return (question, answer) => {
    if (answer === 'UNKNOWN') return t('inside.unknown');
    if (question === 'KIND') return word('kind', answer);
    if (question === 'INDUSTRY') return industry(answer);
    if (question === 'AGE') {
      const from = Number(answer);
      return from >= OLDEST_AGE ? t('inside.agedFrom', { from }) : t('inside.aged', { from, to: from + 9 });
    }
    const band = bandOf(answer);
    if (!band) return t('inside.noTurnover');
    if (band.to === null) return t('inside.turnoverFrom', { from: band.from });
    return band.from === 0
      ? t('inside.turnoverBelow', { to: band.to })
      : t('inside.turnoverBetween', { from: band.from, to: band.to });
  };
}
