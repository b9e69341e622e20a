import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useNavigate, useParams } from 'react-router';
import type { VisitRouteQuery } from '@/__generated__/VisitRouteQuery.graphql';
import { CheckIn } from '@/features/visits/CheckIn';
import { VisitFlow } from '@/features/visits/VisitFlow';
import { type VisitBody, VISITS } from '@/features/visits/visitKind';
import { useWriting, type Writing } from '@/shared/device/useWriting';
import { EmptyState } from '@/shared/EmptyState';
import { Reading } from '@/shared/Reading';
import { Waiting } from '@/shared/states';
import { BackBar } from '../BackBar';

// Whoever writes a visit may lose the signal: the page of what waits is here by then.
void import('./WaitingRoute').catch(() => undefined);

export function VisitRoute() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  return (
    <>
      <BackBar title={t('visit.title')} />
      <Visit key={id} id={id} />
    </>
  );
}

type Props = { id: string };

/** What was begun on this phone is gone on with, also without a signal; otherwise the customer is asked for. */
function Visit({ id }: Props) {
  const navigate = useNavigate();
  const writing = useWriting<VisitBody>(VISITS.name, id);
  const [isAnother, setAnother] = useState(false);
  if (writing.item && !isAnother) {
    return <VisitFlow writing={writing} onLeave={() => void navigate('/')} onAnother={() => setAnother(true)} />;
  }
  return (
    <Reading askKey={id}>
      {(attempt) => <Customer id={id} attempt={attempt} writing={writing} onBegun={() => setAnother(false)} />}
    </Reading>
  );
}

type CustomerProps = Props & { attempt: number; writing: Writing<VisitBody>; onBegun: () => void };

function Customer({ id, attempt, writing, onBegun }: CustomerProps) {
  const { t } = useTranslation();
  const { customer } = useLazyLoadQuery<VisitRouteQuery>(
    graphql`
      query VisitRouteQuery($id: ID!) {
        customer(id: $id) {
          ...CheckIn_customer
        }
      }
    `,
    { id },
    { fetchKey: attempt },
  );
  // The store opens while the customer is asked for.
  if (!writing.isOpen) return <Waiting />;
  if (!customer) return <EmptyState title={t('customers.gone')} advice={t('customers.goneAdvice')} />;
  return <CheckIn customer={customer} writing={writing} onBegun={onBegun} />;
}
