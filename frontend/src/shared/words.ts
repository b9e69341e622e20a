import type { CustomTypeOptions } from 'i18next';
import { useTranslation } from 'react-i18next';

/** A group of the catalogue; those that name codes of the server have a word for each code. */
export type CodeGroup = keyof CustomTypeOptions['resources']['translation'];

const OF_MANY = 2;

/**
 * The word for a code; of many, unless `count` says how many. A code that is newer than this catalogue is shown as it
 * is rather than hidden.
 */
export function useCodeWord(): (group: CodeGroup, code: string, count?: number) => string {
  const { t, i18n } = useTranslation();
  return (group, code, count = OF_MANY) => {
    const key = `${group}.${code}`;
    return i18n.exists(key, { count }) ? t(key as 'role.HEAD_OFFICE', { count }) : code;
  };
}
