import { type ChangeEvent, type DragEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMegabytes } from '../format';
import { type FileLimits, sortFiles, type Unfit } from './fileLimits';
import { FormAlert } from './FormAlert';
import type { Transport } from './sendInParts';
import { UploadRow } from './UploadRow';
import { type Upload, useUploads } from './useUploads';

type Props<Done> = {
  label: string;
  /** What the files are for and of whom: `evidence.Visit:7`. */
  purpose: string;
  limits: FileLimits;
  transport: Transport<Done>;
  onDone: (answer: Done) => void;
};

/** Files that are sent while the rest of a form is filled in; what stopped goes on from where it was. */
export function Uploader<Done>({ label, purpose, limits, transport, onDone }: Props<Done>) {
  const { t } = useTranslation();
  const { uploads, add, goOn, remove } = useUploads({ purpose, transport, onDone });
  const [unfit, setUnfit] = useState<readonly Unfit[]>([]);
  const [isOver, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const size = formatMegabytes(limits.sizeBytes);
  const take = (files: FileList) => {
    const sorted = sortFiles([...files], limits, uploads.length);
    setUnfit(sorted.unfit);
    add(sorted.fit);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    if (event.target.files) take(event.target.files);
    // The same file may be chosen again.
    event.target.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const removeAndStay = (upload: Upload<Done>) => {
    remove(upload);
    // Its row goes with the button that was pressed: the focus goes to what is left.
    chooser.current?.focus();
  };
  return (
    <div
      className={isOver ? 'uploader uploader-over' : 'uploader'}
      role="group"
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label className="uploader-choice">
        <input
          ref={chooser}
          type="file"
          multiple={limits.count > 1}
          accept={limits.accept.join(',')}
          aria-describedby={hintId}
          onChange={choose}
        />
        <span className="small-button">{t('upload.choose')}</span>
      </label>
      <p id={hintId} className="faint">
        {t('upload.limits', { count: limits.count, size })}
      </p>
      {unfit.length > 0 && (
        <FormAlert>
          {unfit.map(({ file, why }) => t(`upload.${why}`, { name: file.name, count: limits.count, size })).join(' ')}
        </FormAlert>
      )}
      <ul className="uploads">
        {uploads.map((upload) => (
          <UploadRow
            key={upload.key}
            upload={upload}
            onGoOn={() => goOn(upload)}
            onRemove={() => removeAndStay(upload)}
          />
        ))}
      </ul>
    </div>
  );
}
