import type { SmallPortal, Tale } from '../small-portal.spec-fixture.js';
import { testTales } from '../test-tales.spec-fixture.js';

const rules: Record<string, Tale[]> = {
  D01: [
    {
      story: 'over a stage, whose proof comes too late, and then ends the case',
      tell: (portal) => heldMeeting(portal.deal('01 10:00').move('02 10:00', 'deal:1', 'OFFER'), '03 10:01', 'deal:1'),
      live: ['deal:1 02 10:00 > 03 10:00 resolved 03 10:01'],
    },
    {
      story: 'the proof of the stage skipped is there: no case',
      tell: (portal) => heldMeeting(portal.deal('01 10:00').move('02 10:00', 'deal:1', 'OFFER'), '03 10:00', 'deal:1'),
      live: [],
    },
    {
      story: 'every stage in order, a stage that was entered once, and a pipeline entered anew',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('01 11:00', 'deal:1', 'MEET')
          .move('01 12:00', 'deal:1', 'NEW')
          .move('01 13:00', 'deal:1', 'OFFER')
          .change('01 14:00', 'deal:1', { CATEGORY_ID: '5', STAGE_ID: 'C5:WON' }, '3', 'item'),
      live: [],
    },
    {
      story: 'a stage without proofs in the settings waits for a verdict; the deal is deleted',
      tell: (portal) =>
        portal
          .deal('01 10:00', { CATEGORY_ID: '5', STAGE_ID: 'C5:NEW' })
          .move('02 10:00', 'deal:1', 'C5:WON')
          .remove('07 10:00', 'deal:1'),
      live: ['deal:1 02 10:00 > 03 10:00 void 07 10:00'],
      history: [],
    },
    {
      story: 'whoever comes at the end judges by the stages of the end',
      tell: (portal) => portal.deal('01 10:00').move('02 10:00', 'deal:1', 'OFFER').remove('10 10:00', 'status:7'),
      live: ['deal:1 02 10:00 > 03 10:00'],
      history: [],
    },
  ],
  D02: [
    {
      story: 'back without a word; a comment ends it',
      tell: (portal) =>
        portal
          .deal('01 10:00', { STAGE_ID: 'OFFER' })
          .move('02 10:00', 'deal:1', 'NEW')
          .change('02 11:01', 'deal:1', { COMMENTS: 'They thought again' }),
      live: ['deal:1 02 10:00 > 02 11:00 resolved 02 11:01'],
      history: ['deal:1 02 10:00 > 02 11:00'],
    },
    {
      story: 'explained with the move or within an hour; from a lost stage is no rollback',
      tell: (portal) =>
        portal
          .deal('01 10:00', { STAGE_ID: 'OFFER' })
          .move('02 10:00', 'deal:1', 'NEW', { COMMENTS: 'They thought again' })
          .deal('01 10:00', { STAGE_ID: 'OFFER' })
          .move('02 10:00', 'deal:2', 'MEET')
          .change('02 11:00', 'deal:2', { UF_REASON: 'price' })
          .deal('01 10:00', { STAGE_ID: 'LOSE' })
          .move('02 10:00', 'deal:3', 'NEW'),
      live: [],
      history: ['deal:1 02 10:00 > 02 11:00', 'deal:2 02 10:00 > 02 11:00'],
    },
  ],
  D03: [
    {
      story: 'three stages within ten minutes, and later ones of the episode',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('01 11:00', 'deal:1', 'MEET')
          .move('01 11:05', 'deal:1', 'OFFER')
          .move('01 11:10', 'deal:1', 'WON'),
      live: ['deal:1 01 11:10 > 02 11:10'],
    },
    {
      story: 'over more than ten minutes',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('01 11:00', 'deal:1', 'MEET')
          .move('01 11:05', 'deal:1', 'OFFER')
          .move('01 11:10:01', 'deal:1', 'WON'),
      live: [],
    },
    {
      story: 'known to be of two people; whoever comes at the end knows the last mover alone',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('01 11:00', 'deal:1', 'MEET', {}, '4')
          .move('01 11:05', 'deal:1', 'OFFER')
          .move('01 11:06', 'deal:1', 'WON'),
      live: [],
      history: ['deal:1 01 11:06 > 02 11:06'],
    },
  ],
  D04: [
    {
      story: 'three working days in a stage without a touch; a letter ends it, and the clock begins anew',
      tell: (portal) => portal.deal('01 10:00').letter('07 10:00', 'deal:1').move('10 10:00', 'deal:1', 'LOSE'),
      live: ['deal:1 01 10:00 > 04 10:00 resolved 07 10:00'],
    },
    {
      story: 'touched in time, moved in time',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .call('04 10:00', 'deal:1')
          .move('09 10:00', 'deal:1', 'MEET')
          .call('11 10:00', 'deal:1', { incoming: true })
          .move('16 10:00', 'deal:1', 'WON'),
      live: [],
    },
  ],
  D05: [
    {
      story: 'an offer without a file; a letter with one after the hour changes nothing',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .letter('01 10:10', 'deal:1')
          .move('01 11:00', 'deal:1', 'OFFER')
          .letter('01 12:01', 'deal:1', { files: 1 })
          .remove('04 10:00', 'deal:1'),
      live: ['deal:1 01 11:00 > 01 12:00 void 04 10:00'],
      history: [],
    },
    {
      story: 'the file within the hour, the meeting held before; an incoming file was not sent',
      tell: (portal) =>
        heldMeeting(portal.deal('01 10:00'), '01 10:30', 'deal:1')
          .move('01 11:00', 'deal:1', 'MEET')
          .move('01 11:00', 'deal:1', 'OFFER')
          .letter('01 11:30', 'deal:1', { files: 1, incoming: true })
          .letter('01 12:00', 'deal:1', { files: 1 }),
      live: [],
    },
    {
      story: 'created in the stage; a meeting that the portal closed was not held',
      tell: (portal) =>
        portal
          .deal('01 10:00', { STAGE_ID: 'MEET' })
          .meeting('01 10:05', 'deal:1', '04 10:00')
          .move('01 10:30', 'deal:1', 'LOSE'),
      live: ['deal:1 01 10:00 > 01 11:00'],
    },
  ],
  D07: [
    {
      story: 'three moves in five minutes on the last days of a month, whatever the deals',
      tell: (portal) => movedInRow(threeDeals(portal), ['28 10:00', '28 10:02', '28 10:05']),
      live: ['employee:3 28 10:05 > 29 10:05 items deal:3'],
    },
    {
      story: 'not at the end of a month, or slower, or by automation',
      tell: (portal) =>
        movedInRow(
          movedInRow(
            movedInRow(threeDeals(portal), ['27 10:00', '27 10:02', '27 10:05']),
            ['28 10:00', '28 10:02', '28 10:05:01'],
            'OFFER',
          ),
          ['29 10:00', '29 10:02', '29 10:05'],
          'WON',
          'robot',
        ),
      live: [],
    },
  ],
  D08: [
    {
      story: 'lost without an attempt, however late, or early with two',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .call('01 11:00', 'deal:1', { incoming: true })
          .move('20 10:00', 'deal:1', 'LOSE')
          .deal('01 10:00')
          .call('02 10:00', 'deal:2', { code: '480' })
          .letter('02 11:00', 'deal:2')
          .move('08 09:59', 'deal:2', 'LOSE'),
      live: ['deal:2 08 09:59 > 08 09:59', 'deal:1 20 10:00 > 20 10:00'],
    },
    {
      story: 'one attempt after five working days, three before',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .call('02 10:00', 'deal:1', { code: '480' })
          .move('08 10:00', 'deal:1', 'LOSE')
          .deal('01 10:00')
          .call('01 11:00', 'deal:2')
          .call('01 12:00', 'deal:2')
          .call('01 13:00', 'deal:2')
          .move('02 10:00', 'deal:2', 'LOSE'),
      live: [],
    },
  ],
  D09: [
    {
      story: 'a new deal of the client of a lost one',
      tell: (portal) =>
        portal
          .company('01 09:00')
          .deal('01 10:00', { COMPANY_ID: '1', CONTACT_ID: '9' })
          .move('02 10:00', 'deal:1', 'LOSE')
          .deal('16 10:00', { COMPANY_ID: '1' })
          .remove('20 10:00', 'deal:2'),
      live: ['company:1 about deal:2 16 10:00 > 17 10:00 void 20 10:00'],
      history: [],
    },
    {
      story: 'after more than fourteen days, of another client, or while the other one is open again',
      tell: (portal) =>
        portal
          .deal('01 10:00', { CONTACT_ID: '1' })
          .move('02 10:00', 'deal:1', 'LOSE')
          .deal('16 10:01', { CONTACT_ID: '1' })
          .deal('05 10:00', { COMPANY_ID: '2', CONTACT_ID: '1' })
          .deal('01 10:00', { CONTACT_ID: '4' })
          .move('02 10:00', 'deal:4', 'LOSE')
          .move('03 10:00', 'deal:4', 'NEW')
          .deal('05 10:00', { CONTACT_ID: '4' }),
      live: [],
    },
  ],
  D10: [
    {
      story: 'from won or lost back to work',
      tell: (portal) =>
        portal
          .deal('01 10:00', { STAGE_ID: 'WON' })
          .move('02 10:00', 'deal:1', 'MEET')
          .deal('01 10:00', { STAGE_ID: 'LOSE' })
          .move('02 12:00', 'deal:2', 'WON')
          .move('03 12:00', 'deal:2', 'NEW')
          .remove('04 10:00', 'deal:2'),
      live: ['deal:1 02 10:00 > 02 10:00', 'deal:2 03 12:00 > 03 12:00 void 04 10:00'],
      history: ['deal:1 02 10:00 > 02 10:00'],
    },
  ],
  D11: [
    {
      story: 'won and not paid within three working days',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('02 10:00', 'deal:1', 'WON')
          .invoice('03 10:00')
          .move('08 10:00', 'invoice:1', 'P'),
      live: ['deal:1 02 10:00 > 07 10:00 resolved 08 10:00'],
    },
    {
      story: 'paid in time; paid before',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('02 10:00', 'deal:1', 'WON')
          .invoice('03 10:00')
          .move('07 10:00', 'invoice:1', 'P')
          .deal('01 10:00')
          .invoice('01 12:00', { parentId2: 2 })
          .move('01 13:00', 'invoice:2', 'P')
          .move('02 10:00', 'deal:2', 'WON'),
      live: [],
    },
    {
      story: 'the payment is taken back long after: due already',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .invoice('01 12:00')
          .move('01 13:00', 'invoice:1', 'P')
          .move('02 10:00', 'deal:1', 'WON')
          .move('15 10:00', 'invoice:1', 'D'),
      live: ['deal:1 15 10:00 > 15 10:00'],
    },
  ],
  D12: [
    {
      story: 'won for nothing, or for more than the limit of the pipeline',
      tell: (portal) =>
        portal
          .deal('01 10:00', { OPPORTUNITY: '0' })
          .move('02 10:00', 'deal:1', 'WON')
          .change('03 10:00', 'deal:1', { OPPORTUNITY: '10' })
          .deal('01 10:00', { STAGE_ID: 'WON', OPPORTUNITY: '5000.01' })
          .deal('01 10:00', { STAGE_ID: 'WON', OPPORTUNITY: '5000' }),
      live: ['deal:2 01 10:00 > 01 10:00', 'deal:1 02 10:00 > 02 10:00 resolved 03 10:00'],
      history: ['deal:2 01 10:00 > 01 10:00'],
    },
  ],
  D13: [
    {
      story: 'the amount changes after the win, not with it',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('02 10:00', 'deal:1', 'WON', { OPPORTUNITY: '900' })
          .change('03 10:00', 'deal:1', { OPPORTUNITY: '800' })
          .change('03 11:00', 'deal:1', { COMMENTS: 'ok' }),
      live: ['deal:1 03 10:00 > 03 10:00'],
      history: [],
    },
  ],
  D14: [
    {
      story: 'created won; an import is not',
      tell: (portal) =>
        portal
          .deal('01 10:00', { STAGE_ID: 'WON' })
          .deal(
            '04 10:00',
            { STAGE_ID: 'WON', DATE_CREATE: '2026-09-01T07:00:00Z', DATE_MODIFY: '2026-09-01T07:00:00Z' },
            'import',
          )
          .deal('01 12:00')
          .move('01 12:01', 'deal:3', 'WON'),
      live: ['deal:1 01 10:00 > 02 10:00'],
    },
  ],
  D15: [
    {
      story: 'into a pipeline that no path leads to',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .change('02 10:00', 'deal:1', { CATEGORY_ID: '5', STAGE_ID: 'C5:NEW' }, '3', 'item')
          .change('03 10:00', 'deal:1', { CATEGORY_ID: '0', STAGE_ID: 'NEW' }, '3', 'item'),
      live: ['deal:1 03 10:00 > 04 10:00'],
    },
  ],
  D16: [
    {
      story: 'ten working days of waiting without a plan; a plan ends it',
      tell: (portal) =>
        portal
          .deal('01 10:00', { CATEGORY_ID: '5', STAGE_ID: 'C5:NEW' })
          .move('02 10:00', 'deal:1', 'C5:WAIT')
          .todo('17 10:00', 'deal:1', '25 10:00'),
      live: ['deal:1 02 10:00 > 16 10:00 resolved 17 10:00'],
    },
    {
      story: 'planned at the last moment',
      tell: (portal) =>
        portal.deal('01 10:00', { CATEGORY_ID: '5', STAGE_ID: 'C5:WAIT' }).todo('15 10:00', 'deal:1', '25 10:00'),
      live: [],
    },
  ],
  D17: [
    {
      story: 'twice outside working hours in one week, and once more in it',
      tell: (portal) => movedInRow(threeDeals(portal), ['07 18:00', '12 12:00', '13 23:59']),
      live: ['employee:3 12 12:00 > 15 09:00 items deal:2 deal:3'],
    },
    {
      story: 'once a week',
      tell: (portal) => movedInRow(threeDeals(portal), ['06 23:59', '07 08:59', '14 19:00']),
      live: [],
    },
  ],
};

function heldMeeting(portal: SmallPortal, at: string, key: string): SmallPortal {
  const id = portal.meeting(at, key, at).lastId('activity');
  return portal.done(at, `activity:${id}`);
}

function threeDeals(portal: SmallPortal): SmallPortal {
  return portal.deal('01 10:00').deal('01 10:00').deal('01 10:00');
}

/** Moves deals 1, 2, 3 at the given instants. */
function movedInRow(portal: SmallPortal, times: string[], stageId = 'MEET', by = '3'): SmallPortal {
  times.forEach((at, place) => portal.move(at, `deal:${place + 1}`, stageId, {}, by));
  return portal;
}

testTales(rules);
