import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

/** Begins a request as a hook does, with the key that it was rendered with. */
function sent(result: { current: ReturnType<typeof useOneRequest> }): string {
  const { idempotencyKey, begin } = result.current;
  act(begin);
  return idempotencyKey;
}

describe('one request', () => {
  it('keeps its key while no answer came', () => {
    const { result } = renderHook(useOneRequest);
    const key = sent(result);
    act(() => result.current.fail(new Error('the line is cut')));
    expect(result.current.sentence).not.toBeNull();
    expect(sent(result)).toBe(key);
    expect(result.current.sentence).toBeNull();
    act(() => result.current.fail(new Error('and again')));
    expect(sent(result)).toBe(key);
  });

  it('is another one after a refusal, which is an answer', () => {
    const { result } = renderHook(useOneRequest);
    const key = sent(result);
    act(() => result.current.refuse({ code: 'NO_SUCH_CODE', message: 'in the words of the server' }));
    expect(result.current.sentence).toBe('in the words of the server');
    expect(sent(result)).not.toBe(key);
  });

  it('is another one after it was done: a table ends one row after the other', () => {
    const { result } = renderHook(useOneRequest);
    const key = sent(result);
    expect(sent(result)).not.toBe(key);
  });
});
