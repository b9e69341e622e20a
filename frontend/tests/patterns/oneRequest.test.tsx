import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

describe('one request', () => {
  it('keeps its key while no answer came', () => {
    const { result } = renderHook(useOneRequest);
    const key = result.current.idempotencyKey;
    act(() => result.current.fail(new Error('the line is cut')));
    expect(result.current.sentence).not.toBeNull();
    expect(result.current.idempotencyKey).toBe(key);
    act(() => result.current.begin());
    expect(result.current.sentence).toBeNull();
    expect(result.current.idempotencyKey).toBe(key);
  });

  it('is another one after a refusal, which is an answer', () => {
    const { result } = renderHook(useOneRequest);
    const key = result.current.idempotencyKey;
    act(() => result.current.refuse({ code: 'NO_SUCH_CODE', message: 'in the words of the server' }));
    expect(result.current.sentence).toBe('in the words of the server');
    expect(result.current.idempotencyKey).not.toBe(key);
  });
});
