import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh-CN' | 'en';
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** All words of a page, in each language. */
export type Catalogues = Readonly<Record<Language, Words>>;

const KEPT_AS = 'yunge.language';

function keptLanguage(): Language {
  try {
    return localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'zh-CN';
  } catch {
    return 'zh-CN'; // A browser without storage still works, in Chinese.
  }
}

function markPage(language: string): void {
  document.documentElement.lang = language;
  document.title = i18next.t('product.name');
}

/** Chinese is the language of the house and of every missing word. */
export async function startWords(catalogues: Catalogues, language: Language = keptLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: catalogues['zh-CN'] }, en: { translation: catalogues.en } },
    interpolation: { escapeValue: false },
  });
  markPage(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  markPage(language);
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // Kept for this visit only.
  }
}
