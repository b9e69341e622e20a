import { useTranslation } from 'react-i18next';
import { changeLanguage } from '@/shared/i18n/start';

/** Switches to the other language; its label is written in that language, for those who cannot read this one. */
export function LanguageLink() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className="link" lang={other} onClick={() => void changeLanguage(other)}>
      {t('language.other')}
    </button>
  );
}
