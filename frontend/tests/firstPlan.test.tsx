import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MakePlanDialog } from '@/features/plans/MakePlanDialog';
import { renderPage } from './harness';

const source = { id: 'Plan:1', name: '现行方案' };
const onClose = () => undefined;

const typed = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

/** What a press on 新建 asks of the server, with a name typed. */
function asked(dialog: Parameters<typeof MakePlanDialog>[0], before?: () => void) {
  const { environment, unmount } = renderPage(<MakePlanDialog {...dialog} />);
  typed('名称', '方案');
  before?.();
  fireEvent.click(screen.getByText('新 建'));
  const { input } = environment.mock.getMostRecentOperation().request.variables;
  unmount();
  return { basedOnId: input.basedOnId, first: input.first };
}

it('where no plan is in force a draft begins with a first plan, unless somebody cuts from nothing', () => {
  const dialog = { source: null, mayPropose: true, onClose };
  const twelve = () => {
    typed('每个网点的小网格数', '12');
    fireEvent.blur(screen.getByLabelText('每个网点的小网格数'));
  };
  expect(asked(dialog, twelve)).toEqual({ basedOnId: null, first: { gridsPerOutlet: 12 } });
  const none = () => fireEvent.click(screen.getByLabelText('由系统提出首个方案'));
  expect(asked(dialog, none)).toEqual({ basedOnId: null, first: null });
});

it('a draft of a plan, and one beside a plan in force, offers none', () => {
  expect(asked({ source, mayPropose: true, onClose })).toEqual({ basedOnId: 'Plan:1', first: null });
  expect(asked({ source: null, mayPropose: false, onClose })).toEqual({ basedOnId: null, first: null });
});
