import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { FlagFilter } from '@/shared/patterns/ChoiceFilter';
import { FilterBar } from '@/shared/patterns/FilterBar';
import { Listing } from '@/shared/patterns/Listing';
import { RadioTiles } from '@/shared/patterns/RadioTiles';
import { RangeFilter } from '@/shared/patterns/RangeFilter';
import { renderPage } from '../harness';

describe('a list', () => {
  const turning = { onFirst: vi.fn(), onPrevious: vi.fn(), onNext: vi.fn() };
  const isOff = (name: string) => screen.getByRole('button', { name }).hasAttribute('disabled');

  it('offers the pages that there are', () => {
    renderPage(
      <Listing count="共 80 户" pages={{ isFirst: true, hasPrevious: true, hasNext: true, ...turning }}>
        …
      </Listing>,
    );
    // A first page has none before it, whatever a stale answer says.
    expect(['首页', '上一页', '下一页'].map(isOff)).toEqual([true, true, false]);
    expect(screen.getByRole('status').textContent).toBe('共 80 户');
  });

  it('that is whole has no pages to turn', () => {
    renderPage(
      <Listing count="共 8 户" pages={{ isFirst: true, hasPrevious: false, hasNext: false, ...turning }}>
        …
      </Listing>,
    );
    expect(screen.queryByRole('navigation')).toBeNull();
  });

  it('is busy, and still readable, while the next page is on its way', () => {
    renderPage(
      <Listing count="共 80 户" isTurning>
        <p>王芳</p>
      </Listing>,
    );
    expect(screen.getByText('王芳').closest('[aria-busy="true"]')).not.toBeNull();
  });
});

describe('a filter', () => {
  it('of a range is taken over when it is left, once, and not with every key', async () => {
    const onChange = vi.fn();
    renderPage(<RangeFilter label="存款" unit="万元" from={null} to={50} onChange={onChange} />);
    await userEvent.type(screen.getByLabelText('存款最低'), '12');
    expect(onChange).not.toHaveBeenCalled();
    await userEvent.tab();
    expect(onChange).toHaveBeenCalledExactlyOnceWith(12, 50);
  });

  it('of a range that is only walked through asks nothing anew', async () => {
    const onChange = vi.fn();
    renderPage(<RangeFilter label="存款" unit="万元" from={10} to={50} onChange={onChange} />);
    screen.getByLabelText('存款最低').focus();
    await userEvent.tab();
    await userEvent.tab();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('of a flag is yes, no or any', async () => {
    const onChange = vi.fn();
    renderPage(<FlagFilter label="贷款" yes="有贷款" no="无贷款" value onChange={onChange} />);
    await userEvent.click(screen.getByText('无贷款'));
    await userEvent.click(screen.getByText('不限'));
    expect(onChange.mock.calls).toEqual([[false], [null]]);
  });

  it('that the address alone asks is said and can be let go of; nothing asked leaves nothing to clear', async () => {
    const onDrop = vi.fn();
    const asked = [{ name: 'bands', words: '流失分第 5 档', onDrop }];
    renderPage(
      <FilterBar label="筛选客户" asked={asked} onClear={null}>
        …
      </FilterBar>,
    );
    const tag = screen.getByText('流失分第 5 档').closest<HTMLElement>('.ant-tag')!;
    await userEvent.click(tag.querySelector('.ant-tag-close-icon')!);
    expect(onDrop).toHaveBeenCalledOnce();
    expect(screen.queryByRole('button', { name: '清除筛选' })).toBeNull();
  });
});

describe('radio tiles', () => {
  function Outcome() {
    const [value, setValue] = useState<'YES' | 'NO' | null>('YES');
    const options = [
      { value: 'YES', label: '有意向' },
      { value: 'NO', label: '拒绝' },
    ] as const;
    return (
      <>
        <RadioTiles label="走访结果" value={value} options={options} onChange={setValue} />
        <input aria-label="备注" />
      </>
    );
  }
  const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });

  it('are one stop for Tab, and arrows choose', async () => {
    renderPage(<Outcome />);
    await userEvent.tab();
    expect(document.activeElement).toBe(radio('有意向'));
    await userEvent.keyboard('{ArrowDown}');
    expect(radio('拒绝').checked).toBe(true);
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByLabelText('备注'));
  });
});
