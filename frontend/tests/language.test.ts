import i18next from 'i18next';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CATALOGUES } from '@/catalogues';
import { PHONE_CATALOGUES } from '@/cataloguesOfPhone';
import { changeLanguage, startWords } from '@/shared/i18n/start';

afterAll(() => startWords(CATALOGUES, 'zh-CN'));

describe('English', () => {
  it('is fetched when somebody reads it, once', async () => {
    const english = vi.fn(CATALOGUES.en);
    i18next.removeResourceBundle('en', 'translation');
    await startWords({ ...CATALOGUES, en: english }, 'zh-CN');
    expect(english).not.toHaveBeenCalled();
    await changeLanguage('en');
    expect(i18next.t('customers.kind')).toBe((await CATALOGUES.en()).customers!.kind);
    await changeLanguage('zh-CN');
    await changeLanguage('en');
    expect(english).toHaveBeenCalledTimes(1);
  });

  it('that does not come leaves the page in Chinese, and is asked for again', async () => {
    i18next.removeResourceBundle('en', 'translation');
    const english = vi.fn(CATALOGUES.en).mockRejectedValueOnce(new Error('no answer'));
    await startWords({ ...CATALOGUES, en: english }, 'en');
    expect(i18next.t('customers.kind')).toBe(CATALOGUES['zh-CN'].customers!.kind);
    await changeLanguage('en');
    expect(i18next.t('customers.kind')).toBe((await CATALOGUES.en()).customers!.kind);
  });
});

it('comes with the part of the phone that says it', async () => {
  // Another file may have opened a customer before, and words that came stay.
  vi.resetModules();
  const { default: i18next } = await import('i18next');
  const { startWords } = await import('@/shared/i18n/start');
  await startWords(PHONE_CATALOGUES, 'zh-CN');
  expect(i18next.exists('fact.taxGrade')).toBe(false);
  await import('@/features/customers/KnownFacts');
  expect(i18next.t('fact.taxGrade')).toBe('纳税信用等级');
});
