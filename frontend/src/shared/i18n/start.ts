import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { joined, type Words } from './joined';

export type Language = 'zh-CN' | 'en';
/** All words of a page: Chinese at once, English when somebody reads it. */
export type Catalogues = { readonly 'zh-CN': Words; readonly en: () => Promise<Words> };

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

/** Where English comes from, once words were started. */
let english: Catalogues['en'] = async () => ({});

async function fetchWords(language: Language): Promise<void> {
  if (language !== 'en' || i18next.hasResourceBundle('en', 'translation')) return;
  // Without an answer the page goes on in Chinese, and the next change of language asks again.
  const words = await english().catch(() => undefined);
  if (words !== undefined) i18next.addResourceBundle('en', 'translation', words);
}

/** Chinese words that come with a part of a page, as soon as that part is fetched. */
const others: Words[] = [];

/** For parts with many words that the page says late or never: its catalogue need not carry them. */
export function alsoSaid(words: Words): void {
  others.push(words);
  if (i18next.isInitialized) i18next.addResourceBundle('zh-CN', 'translation', words, true);
}

/** Chinese is the language of the house and of every missing word. */
export async function startWords(catalogues: Catalogues, language: Language = keptLanguage()): Promise<void> {
  english = catalogues.en;
  await i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: joined([catalogues['zh-CN'], ...others]) } },
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
  });
  await fetchWords(language);
  if (language !== 'zh-CN') await i18next.changeLanguage(language);
  markPage(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  await fetchWords(language);
  await i18next.changeLanguage(language);
  markPage(language);
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // Kept for this visit only.
  }
}
