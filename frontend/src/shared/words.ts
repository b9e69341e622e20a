import type { CustomTypeOptions } from 'i18next';
import { useTranslation } from 'react-i18next';

/** A group of the catalogue; those that name codes of the server have a word for each code. */
export type CodeGroup = keyof CustomTypeOptions['resources']['translation'];

/** The word for a code. A code that is newer than this catalogue is shown as it is rather than hidden. */
export function useCodeWord(): (group: CodeGroup, code: string) => string {
  const { t, i18n } = useTranslation();
  return (group, code) => {
    const key = `${group}.${code}`;
    return i18n.exists(key) ? t(key as 'role.HEAD_OFFICE') : code;
  };
}
