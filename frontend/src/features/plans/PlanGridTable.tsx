import { Input, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format';
import { GridActs } from './GridActs';
import { type Grid, holderOf, type Model, smallGrids } from './model';
import type { Outlet } from './PlanEditor';
import type { Drawing } from './useDrawing';
import type { usePlanActs } from './usePlanActs';
import './plans.css';

type Props = {
  model: Model;
  drawing: Drawing;
  acts: ReturnType<typeof usePlanActs>;
  canEdit: boolean;
  outlets: readonly Outlet[];
};

const ON_A_PAGE = 20;
const FIGURE_PX = 92;
const SIGN_PX = 32;

/** The grids of the draft with what they would mean; one that is opened shows what can be done with it. */
export function PlanGridTable({ model, drawing, acts, canEdit, outlets }: Props) {
  const { t } = useTranslation();
  const [sought, setSought] = useState('');
  const bySize = [...smallGrids(model), ...[...model.grids.values()].filter(({ level }) => level !== 'SMALL')];
  const shown = bySize.filter(({ code, name, outlet, a }) =>
    `${code} ${name} ${outlet} ${a?.name ?? ''}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const figure = (key: string, of: (grid: Grid) => number): TableColumnsType<Grid>[number] => ({
    key,
    title: <span className="plan-figure">{t(`plans.${key}` as 'plans.customers')}</span>,
    align: 'right',
    width: FIGURE_PX,
    sorter: (one, other) => of(one) - of(other),
    render: (_, grid) => <span className="number">{formatCount(Math.round(of(grid)))}</span>,
  });
  const columns: TableColumnsType<Grid> = [
    {
      key: 'name',
      title: t('plans.grid'),
      render: (_, grid) => (
        <>
          <button type="button" className="link" onClick={() => drawing.chooseGrid(grid.code)}>
            {grid.name}
          </button>
          <br />
          <span className="faint number">
            {grid.code} · {grid.level === 'LARGE' ? t('plans.large') : (holderOf(grid)?.name ?? t('plans.nobody'))} ·{' '}
            {t('plans.atomsOf', { count: grid.atoms })}
          </span>
        </>
      ),
    },
    figure('customers', ({ figures }) => figures.customers),
    figure('minutes', ({ figures }) => figures.minutes),
    figure('changes', ({ figures }) => figures.changesHands),
  ];
  return (
    <>
      <Input.Search
        allowClear
        size="small"
        aria-label={t('plans.seekGrid')}
        placeholder={t('plans.seekGrid')}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      <Table<Grid>
        size="small"
        rowKey="code"
        tableLayout="fixed"
        columns={columns}
        dataSource={shown}
        locale={{ emptyText: t(model.grids.size === 0 ? 'plans.noGrids' : 'plans.nothingFound') }}
        pagination={{ pageSize: ON_A_PAGE, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
        expandable={{
          columnWidth: SIGN_PX,
          expandedRowRender: (grid) => <GridActs {...{ grid, model, drawing, acts, canEdit, outlets }} />,
        }}
      />
    </>
  );
}
