import { useTranslation } from 'react-i18next';
import type { Option } from '@/shared/patterns/ChoiceFilter';
import { useCodeWord } from '@/shared/words';

/** Words a code of GB/T 4754: as near as the catalogue knows it, else the code itself. */
export function useIndustryWord(): (code: string) => string {
  const word = useCodeWord();
  return (code) => {
    for (let length = code.length; length > 0; length -= 1) {
      const known = code.slice(0, length);
      const words = word('industry', known);
      if (words !== known) return words;
    }
    return code;
  };
}

/** Every code that has words, as a choice: sections and what is below them, in the order of the standard. */
export function useIndustryOptions(): Option[] {
  const { i18n } = useTranslation();
  const words = i18n.getResource('zh-CN', 'translation', 'industry') as Readonly<Record<string, string>>;
  const word = useCodeWord();
  return Object.keys(words).map((code) => ({ value: code, label: `${code} ${word('industry', code)}` }));
}
