import type { Keeping } from './keeping';
import { asOnlySender } from './oneSender';

/** How long to wait after so many tries in a row that brought nothing; then always the last. */
const PAUSES_MS = [5_000, 15_000, 45_000, 120_000, 300_000] as const;
const OTHER_PAGE_MS = 5_000;

/** What one step of sending came to: go on with the next, wait and try again, or wait until called. */
export type Step = 'next' | 'later' | 'stop';

type Options = {
  name: string;
  leases: Pick<Keeping, 'lease' | 'release'>;
  /** Sends the first that waits. */
  step: () => Promise<Step>;
};

/** Sends what waits, one after another, in order: what comes later never overtakes what was said before. */
export function createOutbox({ name, leases, step }: Options) {
  let inVain = 0;
  let running: Promise<void> | null = null;
  let isCalled = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<Step> {
    let last: Step = 'stop';
    const isDone = await asOnlySender(name, leases, async (isMine) => {
      do {
        last = isStopped || !(await isMine()) ? 'stop' : await step();
        if (last === 'next') inVain = 0;
      } while (last === 'next');
    });
    if (!isDone) setTimeoutOnce(OTHER_PAGE_MS);
    return last;
  }

  function setTimeoutOnce(ms: number): void {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(() => void wake(), ms);
  }

  async function runWhileCalled(): Promise<void> {
    clearTimeout(timer);
    while (isCalled && !isStopped) {
      isCalled = false;
      if ((await run()) === 'later') {
        isCalled = false; // Whoever called meanwhile waits behind what got no answer.
        setTimeoutOnce(PAUSES_MS[Math.min(inVain, PAUSES_MS.length - 1)]!);
        inVain += 1;
      }
    }
  }

  /** Tries at once, whatever was waited for; resolves when there is nothing to do at present. */
  function wake(): Promise<void> {
    isCalled = true;
    running ??= runWhileCalled().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    wake,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
    start: () => {
      isStopped = false;
    },
  };
}
