import { render } from '@testing-library/react';
import { changeLanguage } from '@/shared/i18n/start';
import { afterEach, describe, expect, it } from 'vitest';
import { useIndustryOptions, useIndustryWord } from '@/shared/industries/useIndustryWord';

function Word({ code }: { code: string }) {
  return <p>{useIndustryWord()(code)}</p>;
}

function Choices() {
  return <p>{useIndustryOptions().map(({ label }) => label)}</p>;
}

afterEach(() => changeLanguage('zh-CN'));

describe('industries', () => {
  it.each([
    ['F5211', '综合零售'],
    ['f5211', '综合零售'],
    ['F5201', '零售业'],
    ['F', '批发和零售业'],
    ['5211', '综合零售'],
    ['52', '零售业'],
    ['0111', '农业'],
    ['A0111', '农业'],
    [' A01 ', '农业'],
  ])('says %s in words', (code, word) => {
    render(<Word code={code} />);
    expect(document.body.textContent).toBe(word);
  });

  it('says that it has no word for a code, in both languages', async () => {
    const view = render(<Word code="X9999" />);
    expect(document.body.textContent).toBe('未收录的行业（X9999）');
    await changeLanguage('en');
    view.rerender(<Word code="9811" />);
    expect(document.body.textContent).toBe('An industry without a name (9811)');
  });

  it('is chosen by words', () => {
    render(<Choices />);
    expect(document.body.textContent).not.toMatch(/[A-Z][0-9]/);
  });
});
