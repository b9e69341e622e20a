import { useTranslation } from 'react-i18next';
import { formatMegabytes } from '../format';
import type { Upload } from './useUploads';

type Props = { upload: Upload<unknown>; onGoOn: () => void; onRemove: () => void };

/** One file: how far it is, or why it stopped, and what can be done about it. */
export function UploadRow({ upload, onGoOn, onRemove }: Props) {
  const { t } = useTranslation();
  const { file, now } = upload;
  const { name } = file;
  const percent = now.state === 'done' ? 100 : Math.floor((now.sentBytes / file.size) * 100);
  return (
    <li className="upload" aria-label={name}>
      <p className="upload-name">
        <span className="cut" title={name}>
          {name}
        </span>
        <span className="faint number">{formatMegabytes(file.size)}</span>
      </p>
      {now.state !== 'done' && (
        <span
          className="upload-bar"
          role="progressbar"
          aria-label={t('upload.progress', { name })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
        >
          <span style={{ inlineSize: `${percent}%` }} />
        </span>
      )}
      <p>
        {now.state === 'sending' && <span className="faint number">{t('upload.sending', { percent })}</span>}
        {/* Only the end is read out; each percent would drown everything else. */}
        <span role="status">
          {now.state === 'done' && <span className="good">{t('upload.done')}</span>}
          {now.state === 'failed' && (
            <span className="bad">{t('upload.stopped', { percent, sentence: now.sentence })}</span>
          )}
        </span>
      </p>
      <p className="upload-ways">
        {now.state === 'failed' && now.canGoOn && (
          <button type="button" className="link" aria-label={t('upload.goOnWith', { name })} onClick={onGoOn}>
            {t('upload.goOn')}
          </button>
        )}
        <button
          type="button"
          className="link"
          aria-label={t(now.state === 'sending' ? 'upload.cancelOf' : 'upload.removeOf', { name })}
          onClick={onRemove}
        >
          {now.state === 'sending' ? t('action.cancel') : t('upload.remove')}
        </button>
      </p>
    </li>
  );
}
