import { useRef, useState } from 'react';
import { useRelayEnvironment } from 'react-relay';
import { newUuid } from '@/shared/uuid';
import { handOutOne } from './handOutOne';
import type { Slip } from './useHandOut';

export type Holder = { id: string; name: string; unit: string };
export type HolderSlip = { holder: Holder; slip: Slip };
export type Refused = { holder: Holder; sentence: string };

/** Codes for several, one after another; what stopped goes on with the same keys, so nobody gets two codes. */
export function useHandOutMany() {
  const environment = useRelayEnvironment();
  const keys = useRef(new Map<string, string>());
  const [slips, setSlips] = useState<readonly HolderSlip[]>([]);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const [sentence, setSentence] = useState<string | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [isDone, setDone] = useState(false);

  const handOut = async (holders: readonly Holder[]) => {
    setRunning(true);
    setSentence(null);
    const handed = new Set([...slips, ...refused].map(({ holder }) => holder.id));
    for (const holder of holders.filter(({ id }) => !handed.has(id))) {
      const key = keys.current.get(holder.id) ?? newUuid();
      keys.current.set(holder.id, key);
      const answer = await handOutOne(environment, holder.id, key);
      if ('slip' in answer) setSlips((all) => [...all, { holder, slip: answer.slip }]);
      else if (answer.mayTryAgain) {
        setSentence(answer.sentence);
        setRunning(false);
        return;
      } else setRefused((all) => [...all, { holder, sentence: answer.sentence }]);
    }
    setRunning(false);
    setDone(true);
  };
  return { handOut, slips, refused, sentence, isRunning, isDone };
}
