import { Drawer, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { isRecordKind } from '../portals/kind-names.js';
import { momentOf } from '../moment/moment.js';
import { useWhen } from '../moment/use-when.js';
import { RecordView } from '../record/record-view.js';
import { ArrowLeftIcon, ExternalIcon } from '../ui/icons.js';
import { ExplainButton } from './explain-button.js';
import type { FigureTarget } from './figure.js';
import { figureName } from './figure-names.js';
import { figureQueryOf, sellerName, sellerOf } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { monthPeriod, noFigure } from './funnel-search.js';
import { RecordsList } from './records-list.js';
import { usePeriodText } from './use-period-text.js';
import classes from './drill-drawer.module.css';

const route = getRouteApi('/portals/$portalId/funnel');

/** From a number to its records, from a record to its time line; what is open stands in the address. */
export function DrillDrawer({ frame }: { frame: FunnelFrame }) {
  const { t } = useSpeech();
  const navigate = route.useNavigate();
  const isNarrow = useMediaQuery('(max-width: 700px)');
  const { search } = frame;
  const target: FigureTarget | null =
    search.figure === undefined
      ? null
      : {
          figure: search.figure,
          stage: search.stage,
          toStage: search.toStage,
          of: search.of,
          at: search.at,
        };
  const [kind, ...idParts] = (search.record ?? '').split(':');
  const record = kind !== undefined && isRecordKind(kind) ? { kind, id: idParts.join(':') } : null;
  const close = () => void navigate({ search: (before) => ({ ...before, ...noFigure }), resetScroll: false });
  const back = () => void navigate({ search: (before) => ({ ...before, record: undefined }), resetScroll: false });
  const isOpen = target !== null || record !== null;

  const recordElement = useRef<HTMLDivElement>(null);
  const openedFrom = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (search.record === undefined) {
      openedFrom.current?.focus();
      openedFrom.current = null;
      return;
    }
    if (document.activeElement instanceof HTMLElement && document.activeElement.matches('[data-row]')) {
      openedFrom.current = document.activeElement;
    }
    recordElement.current?.focus();
  }, [search.record]);

  return (
    <Drawer.Root
      opened={isOpen}
      onClose={close}
      position="right"
      size={isNarrow === true ? '100%' : 640}
      transitionProps={{ duration: 160 }}
    >
      <Drawer.Overlay backgroundOpacity={0.28} />
      <Drawer.Content classNames={{ content: classes.content ?? '' }} aria-label={t('drill.label')}>
        <div className={classes.head}>
          {record !== null && target !== null && (
            <UnstyledButton className={classes.back} onClick={back} aria-label={t('drill.back')}>
              <ArrowLeftIcon />
            </UnstyledButton>
          )}
          <div className={classes.titles}>
            {record === null && target !== null ? (
              <FigureTitle frame={frame} target={target} />
            ) : (
              record !== null && (
                <Link
                  to="/portals/$portalId/records/$kind/$recordId"
                  params={{ portalId: frame.portalId, kind: record.kind, recordId: record.id }}
                  search={momentOf(search)}
                  className={classes.page}
                >
                  {t('drill.openPage')} <ExternalIcon />
                </Link>
              )
            )}
          </div>
          <Drawer.CloseButton aria-label={t('close')} />
        </div>
        <div className={classes.body}>
          {record !== null && (
            <div className={classes.scroll} ref={recordElement} tabIndex={-1}>
              <RecordView portalId={frame.portalId} kind={record.kind} recordId={record.id} />
            </div>
          )}
          {target !== null && (
            // Stays behind an open record, so that its place is kept for the way back.
            <div className={classes.list} data-covered={record !== null || undefined}>
              <RecordsList
                frame={frame}
                figure={figureQueryOf(frame, target, target.at === undefined ? null : monthPeriod(target.at))}
              />
            </div>
          )}
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function FigureTitle({ frame, target }: { frame: FunnelFrame; target: FigureTarget }) {
  const { t } = useSpeech();
  const periodText = usePeriodText();
  const when = useWhen();
  const stageOf = (stageId: string) =>
    frame.pipeline.stages.find((stage) => stage.stageId === stageId)?.name ?? stageId;
  const sellerId = sellerOf(frame, target);
  const seller = frame.sellers.find((each) => each.sellerId === sellerId) ?? { sellerId, name: null };
  const period = target.at === undefined ? frame.period : monthPeriod(target.at);
  const parts = [
    frame.pipeline.name,
    sellerId === 'all' ? null : sellerName(seller, t),
    /^(now|gone)\./.test(target.figure) ? null : periodText(period),
  ].filter((part) => part !== null);
  return (
    <>
      <h2 className={classes.title}>{figureName(target, stageOf, when, t)}</h2>
      <div className={classes.under}>
        <span>{parts.join(' · ')}</span>
        <ExplainButton
          frame={frame}
          figure={figureQueryOf(frame, target, target.at === undefined ? null : monthPeriod(target.at))}
        />
      </div>
    </>
  );
}
