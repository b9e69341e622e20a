import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GraphQLFailure } from '@/relay/network';
import { type FileLimits, sortFiles } from '@/shared/patterns/fileLimits';
import { sendInParts, type Transport, UploadRefused } from '@/shared/patterns/sendInParts';
import { Uploader } from '@/shared/patterns/Uploader';
import { renderPage } from '../harness';

const LIMITS: FileLimits = { count: 2, sizeBytes: 2_000_000, accept: ['image/*', '.pdf'] };
const photo = (name = '门头.jpg', size = 1_000_000) =>
  new File([new Uint8Array(size)], name, { type: 'image/jpeg', lastModified: 1 });

/** A server that keeps what arrives, by key, and can be made to fail at a byte or to hold its breath. */
class Shelf implements Transport<string> {
  readonly received = new Map<string, number>();
  readonly offsets: number[] = [];
  begun = 0;
  failsAt: number | null = null;
  refusal: string | null = null;
  hold: Promise<void> = Promise.resolve();

  async begin({ key }: { key: string }) {
    this.begun += 1;
    if (this.refusal) throw new UploadRefused(this.refusal);
    return { receivedBytes: this.received.get(key) ?? 0 };
  }
  async send(key: string, fromByte: number, part: Blob, signal: AbortSignal) {
    await this.hold;
    signal.throwIfAborted();
    this.offsets.push(fromByte);
    if (this.failsAt !== null && fromByte >= this.failsAt) throw new GraphQLFailure('NETWORK', 'offline');
    expect(fromByte).toBe(this.received.get(key) ?? 0);
    this.received.set(key, fromByte + part.size);
    return { receivedBytes: fromByte + part.size };
  }
  async finish(key: string) {
    return `stored ${this.received.get(key)}`;
  }
}

const OPTIONS = { key: 'k', partBytes: 400_000, waitsMs: [1, 1] };
const send = (shelf: Shelf, sent: number[] = [], signal = new AbortController().signal) =>
  sendInParts(photo(), shelf, { ...OPTIONS, signal, onProgress: (bytes) => sent.push(bytes) });

beforeEach(() => localStorage.clear());

describe('a file in parts', () => {
  it('is whole at the other end, and tells how far it is', async () => {
    const sent: number[] = [];
    expect(await send(new Shelf(), sent)).toBe('stored 1000000');
    expect(sent).toEqual([0, 400_000, 800_000, 1_000_000]);
  });
  it('sends again only what did not arrive', async () => {
    const shelf = new Shelf();
    shelf.failsAt = 800_000;
    const failing = send(shelf);
    await expect(failing).rejects.toThrow('offline');
    expect(shelf.begun).toBe(3);
    shelf.failsAt = null;
    shelf.offsets.length = 0;
    expect(await send(shelf)).toBe('stored 1000000');
    expect(shelf.offsets).toEqual([800_000]);
  });
  it('is not tried again where the server does not want it', async () => {
    const shelf = new Shelf();
    shelf.refusal = '照片里没有定位。';
    await expect(send(shelf)).rejects.toThrow('照片里没有定位。');
    expect(shelf.begun).toBe(1);
  });
  it('ends at once when it is called off, also while it waits for another try', async () => {
    const shelf = new Shelf();
    shelf.failsAt = 0;
    const abort = new AbortController();
    const running = sendInParts(photo(), shelf, {
      ...OPTIONS,
      waitsMs: [60_000],
      signal: abort.signal,
      onProgress: () => undefined,
    });
    await vi.waitFor(() => expect(shelf.offsets).toEqual([0]));
    abort.abort();
    await expect(running).rejects.toThrow(/abort/i);
  });
  it('does not go round in circles with a server that takes nothing', async () => {
    const shelf = new Shelf();
    shelf.send = async (_key, fromByte) => ({ receivedBytes: fromByte });
    await expect(send(shelf)).rejects.toThrow('no byte of the part at 0 was taken');
  });
});

describe('which files fit', () => {
  it('is said before a byte is sent', () => {
    const files = [photo(), photo('a.exe', 1), photo('大.jpg', 2_000_001), photo('空.jpg', 0), photo('二.jpg')];
    files[1] = new File(['x'], 'a.exe', { type: 'application/x-msdownload' });
    const { fit, unfit } = sortFiles(files, LIMITS, 1);
    expect(fit.map(({ name }) => name)).toEqual(['门头.jpg']);
    expect(unfit.map(({ file, why }) => [file.name, why])).toEqual([
      ['a.exe', 'wrongKind'],
      ['大.jpg', 'tooLarge'],
      ['空.jpg', 'empty'],
      ['二.jpg', 'tooMany'],
    ]);
  });
  it('goes by ending where a type says nothing', () => {
    const report = new File(['x'], '合同.PDF', { type: '' });
    expect(sortFiles([report], LIMITS, 0).fit).toEqual([report]);
  });
});

describe('the uploader', () => {
  const open = (shelf: Shelf, onDone: (answer: string) => void = () => undefined) =>
    renderPage(<Uploader label="走访照片" purpose="evidence.1" limits={LIMITS} transport={shelf} onDone={onDone} />);
  const chooser = () => screen.getByLabelText('选择文件，或拖到这里');

  it('sends what was chosen and says so', async () => {
    const onDone = vi.fn();
    open(new Shelf(), onDone);
    await userEvent.upload(chooser(), photo());
    expect(await screen.findByText('✓ 已上传')).toBeTruthy();
    expect(onDone).toHaveBeenCalledExactlyOnceWith('stored 1000000');
    expect(localStorage.length).toBe(0);
  });

  it('is reached by the keyboard, and says what it takes', async () => {
    open(new Shelf());
    await userEvent.tab();
    expect(document.activeElement).toBe(chooser());
    const hint = document.getElementById(chooser().getAttribute('aria-describedby')!)!;
    expect(hint.textContent).toBe('最多 2 个文件，每个不超过 2.0 MB');
  });

  it('names the file that does not fit and why', async () => {
    open(new Shelf());
    await userEvent.upload(chooser(), photo('大.jpg', 2_000_001));
    expect(screen.getByRole('alert').textContent).toBe('“大.jpg”没有上传：超过 2.0 MB。');
  });

  it('shows how far it is, can be called off, and gives the focus back', async () => {
    const shelf = new Shelf();
    let go = () => undefined as void;
    open(shelf);
    shelf.hold = new Promise((resolve) => (go = resolve));
    await userEvent.upload(chooser(), photo());
    const bar = await screen.findByRole('progressbar', { name: '门头.jpg的上传进度' });
    expect(bar.getAttribute('aria-valuenow')).toBe('0');
    await userEvent.click(screen.getByRole('button', { name: '取消上传门头.jpg' }));
    go();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(document.activeElement).toBe(chooser());
    expect(localStorage.length).toBe(0);
  });

  it('says where it stopped and why the server does not want it', async () => {
    const shelf = new Shelf();
    shelf.refusal = '照片不清楚，请重拍。';
    open(shelf);
    await userEvent.upload(chooser(), photo());
    const row = await screen.findByRole('listitem', { name: '门头.jpg' });
    expect(await within(row).findByText('停在 0%。照片不清楚，请重拍。')).toBeTruthy();
    expect(within(row).queryByRole('button', { name: '继续上传门头.jpg' })).toBeNull();
  });

  it('goes on from where it was when the same file is chosen on a new page', async () => {
    const shelf = new Shelf();
    let go = () => undefined as void;
    const { unmount } = open(shelf);
    const first = shelf.send.bind(shelf);
    shelf.send = async (...part) => {
      const answer = await first(...part);
      shelf.hold = new Promise((resolve) => (go = resolve));
      return answer;
    };
    await userEvent.upload(chooser(), photo());
    await screen.findByText('已上传 52%');
    unmount();
    go();
    shelf.send = first;
    shelf.hold = Promise.resolve();
    shelf.offsets.length = 0;
    open(shelf);
    await userEvent.upload(chooser(), photo());
    expect(await screen.findByText('✓ 已上传')).toBeTruthy();
    expect(shelf.offsets).toEqual([524_288]);
  });
});
