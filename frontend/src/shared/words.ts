import { useTranslation } from 'react-i18next';

/** Groups of the catalogue that name codes of the server. */
export type CodeGroup =
  | 'role'
  | 'kind'
  | 'tier'
  | 'status'
  | 'level'
  | 'outcome'
  | 'feed'
  | 'step'
  | 'stepState'
  | 'batchState'
  | 'nightState'
  | 'funnelStep'
  | 'relation'
  | 'field'
  | 'model'
  | 'reasonTag'
  | 'method';

/** The word for a code. A code that is newer than this catalogue is shown as it is rather than hidden. */
export function useCodeWord(): (group: CodeGroup, code: string) => string {
  const { t, i18n } = useTranslation();
  return (group, code) => {
    const key = `${group}.${code}`;
    return i18n.exists(key) ? t(key as 'role.HEAD_OFFICE') : code;
  };
}
