import { Button, Input, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format';
import { GridActs } from './GridActs';
import { type Grid, type Model, smallGrids } from './model';
import { NewLargeGridDialog } from './NewLargeGridDialog';
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
  const [isMaking, setMaking] = useState(false);
  const bySize = [...smallGrids(model), ...[...model.grids.values()].filter(({ level }) => level !== 'SMALL')];
  const shown = bySize.filter(({ code, name, outlet, a, b }) =>
    `${code} ${name} ${outlet} ${a?.name ?? ''} ${b?.name ?? ''}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const figure = (key: string, of: (grid: Grid) => number): TableColumnsType<Grid>[number] => ({
    key,
    title: <span className="plan-figure">{t(`plans.${key}` as 'plans.customers')}</span>,
    align: 'right',
    width: FIGURE_PX,
    sorter: (one, other) => of(one) - of(other),
    render: (_, grid) => <span className="number">{formatCount(Math.round(of(grid)))}</span>,
  });
  const postsOf = ({ a, b }: Grid) =>
    a || b ? `A ${a?.name ?? t('plans.nobody')} · B ${b?.name ?? t('plans.nobody')}` : t('plans.nobody');
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
            {grid.code} · {t('plans.atomsOf', { count: grid.atoms })}
          </span>
          <br />
          <span className="faint">{grid.level === 'LARGE' ? t('plans.large') : postsOf(grid)}</span>
        </>
      ),
    },
    figure('customers', ({ figures }) => figures.customers),
    figure('minutes', ({ figures }) => figures.minutes),
    figure('changes', ({ figures }) => figures.changesHands),
  ];
  const chosenGrids = [...new Set([...drawing.chosen].flatMap((id) => model.atoms.get(id)?.gridCode ?? []))];
  return (
    <>
      {canEdit && model.grids.size > 0 && (
        <p className="plan-notice-acts">
          <Button size="small" onClick={() => setMaking(true)}>
            {t('plans.newLarge')}
          </Button>
        </p>
      )}
      {isMaking && (
        <NewLargeGridDialog {...{ model, outlets, acts }} begins={chosenGrids} onClose={() => setMaking(false)} />
      )}
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
