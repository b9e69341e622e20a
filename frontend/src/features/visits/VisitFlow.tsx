import type { Writing } from '@/shared/device/useWriting';
import { isEditable } from '@/shared/device/item';
import type { RecordedVisit } from './sendVisit';
import { VisitDone } from './VisitDone';
import { VisitForm } from './VisitForm';
import type { VisitBody } from './visitKind';
import { VisitWaiting } from './VisitWaiting';

type Props = { writing: Writing<VisitBody>; onLeave: () => void; onAnother: () => void };

/** A visit that was begun: being written, on its way, or recorded. */
export function VisitFlow({ writing, onLeave, onAnother }: Props) {
  const { item, answer } = writing;
  if (!item) return null;
  if (item.state === 'sent') return <VisitDone visit={answer as RecordedVisit | undefined} onLeave={onLeave} />;
  if (isEditable(item)) return <VisitForm item={item} writing={writing} />;
  return <VisitWaiting item={item} writing={writing} onLeave={onLeave} onAnother={onAnother} />;
}
