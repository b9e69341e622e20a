import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { GrantChange } from '@/features/parameters/GrantChange';
import { RoleChange } from '@/features/parameters/RoleChange';
import { renderPage } from './harness';

const texts = (name: 'del' | 'ins') => [...document.querySelectorAll(name)].map((one) => one.textContent);
const OUTLET = {
  name: '网点负责人',
  permissions: ['customers.view', 'models.view'],
  mask: 'OUTLET',
  scope: 'OWN_UNIT',
};

describe('a proposed role', () => {
  it('shows what comes, what goes, and nothing that stays', () => {
    const after = { ...OUTLET, permissions: ['customers.view', 'nights.start', 'gifts.give'], scope: 'BANK' };
    renderPage(<RoleChange code="OUTLET_MANAGER" before={OUTLET} after={after} />);
    screen.getByText('角色：网点负责人（OUTLET_MANAGER）');
    expect(texts('ins')).toEqual(['启动夜间批处理，gifts.give', '全行']);
    expect(texts('del')).toEqual(['查看模型', '本机构及下级']);
    expect(screen.queryByText('脱敏')).toBeNull();
  });
  it('says that it is new, with all that it gives', () => {
    const nothing = { name: null, permissions: [], mask: null, scope: null };
    renderPage(<RoleChange code="AUDITOR" before={nothing} after={{ ...OUTLET, name: '审计' }} />);
    screen.getByText('新角色：审计（AUDITOR）');
    expect(texts('ins')).toEqual(['查看客户，查看模型', '证件、手机脱敏', '本机构及下级']);
    expect(texts('del')).toEqual([]);
  });
});

describe('a proposed grant', () => {
  const grant = { staff: '300101', staff_name: '周明', of: 'GRID', code: 'N07', name: '七里网格' };
  it('names the person, what is granted and the days', () => {
    const after = { ...grant, from_on: '2026-12-01', to_on: '2027-01-01' };
    renderPage(<GrantChange before={{ from_on: null, to_on: null }} after={after} />);
    screen.getByText('授权：周明（工号 300101）');
    expect(texts('ins')).toEqual(['N07 七里网格']);
    screen.getByText('2026-12-01 起，至 2027-01-01 前');
    expect(texts('del')).toEqual([]);
  });
  it('strikes out the days that are held now', () => {
    const after = { ...grant, from_on: '2026-12-01', to_on: '2026-12-24' };
    renderPage(<GrantChange before={{ from_on: '2026-12-01', to_on: null }} after={after} />);
    expect(texts('del')).toEqual(['自 2026-12-01 起']);
  });
});
