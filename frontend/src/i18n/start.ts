import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { zhCN } from './zh-CN';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
const KEPT_AS = 'yunge.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zhCN };
    returnNull: false;
  }
}

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

/** Loads both catalogues; Chinese is the language of the house and of every missing word. */
export async function startWords(language: Language = keptLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
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
