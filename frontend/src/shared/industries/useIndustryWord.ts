import { useTranslation } from 'react-i18next';
import type { Option } from '@/shared/patterns/ChoiceFilter';
import { useCodeWord } from '@/shared/words';

/**
 * The industry in words: as near as the catalogue knows the code of GB/T 4754. Older systems leave out the section's
 * letter, which the division tells. What is in no catalogue is said to be so, with its code for whoever mends it.
 */
export function useIndustryWord(): (code: string) => string {
  const word = useCodeWord();
  const known = useKnownCodes();
  const { t } = useTranslation();
  return (code) => {
    const written = code.trim().toUpperCase();
    const division = known.find((one) => one.slice(1) === written.slice(0, 2));
    const whole = division && /^\d/.test(written) ? division.charAt(0) + written : written;
    for (let length = whole.length; length > 0; length -= 1) {
      const nearest = whole.slice(0, length);
      if (known.includes(nearest)) return word('industry', nearest);
    }
    return t('unit.unknownIndustry', { code });
  };
}

/** Every code that has words, as a choice: sections and what is below them, in the order of the standard. */
export function useIndustryOptions(): Option[] {
  const word = useCodeWord();
  return useKnownCodes().map((code) => ({ value: code, label: word('industry', code) }));
}

function useKnownCodes(): string[] {
  const { i18n } = useTranslation();
  const words = i18n.getResource('zh-CN', 'translation', 'industry') as Readonly<Record<string, string>>;
  return Object.keys(words);
}
