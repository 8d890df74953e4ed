import type { MessageKey, Translate } from '../i18n/i18n.js';

/** Everything that is recorded, by what it is about, in the order of a menu. */
export const actionGroups = [
  {
    says: 'audit.group.session',
    actions: [
      'session.begin',
      'session.beginDemo',
      'session.end',
      'session.endOne',
      'session.endOthers',
      'session.endOfAccount',
      'password.change',
      'password.resetLink',
      'link.reset',
    ],
  },
  {
    says: 'audit.group.access',
    actions: [
      'invitation.create',
      'invitation.withdraw',
      'link.join',
      'link.joinSignedIn',
      'role.change',
      'role.withdraw',
      'substitution.arrange',
      'substitution.cancel',
      'account.remove',
      'reader.add',
      'reader.remove',
    ],
  },
  {
    says: 'audit.group.portal',
    actions: [
      'portal.register',
      'portal.change',
      'portal.replaceWebhook',
      'portal.pause',
      'portal.resume',
      'portal.remove',
    ],
  },
  {
    says: 'audit.group.data',
    actions: ['personal.read', 'subject.erase', 'audit.export', 'stageMeaning.decide', 'quarantine.retry'],
  },
  {
    says: 'audit.group.discipline',
    actions: [
      'case.command',
      'case.bulk',
      'channel.set',
      'feedback.send',
      'feedback.cancel',
      'feedback.retry',
      'feedback.answer',
      'template.save',
      'template.remove',
      'rule.status',
      'rule.parameters',
      'rule.scope',
      'layer.set',
      'layer.remove',
      'rule.write',
      'rule.remove',
      'rule.dropDraft',
      'rule.previewPack',
      'coaching.finish',
      'coaching.reopen',
      'positiveNotes.set',
      'silence.set',
      'silence.end',
      'rule.backtest',
      'rule.backtestCancel',
      'quality.settings',
      'gold.set',
      'gold.remove',
      'calibration.start',
      'checklist.set',
      'audit.score',
      'audit.unscore',
    ],
  },
  {
    says: 'audit.group.pay',
    actions: [
      'scheme.write',
      'scheme.draft',
      'scheme.approve',
      'scheme.issue',
      'scheme.sign',
      'scheme.withdraw',
      'scheme.simulate',
      'sale.share',
      'pay.read',
      'pay.close',
      'pay.export',
      'pay.dispute',
      'pay.dispute.withdraw',
      'pay.dispute.decide',
    ],
  },
  {
    says: 'audit.group.plans',
    actions: ['plan.write', 'plan.draft', 'plan.issue', 'plan.sign', 'plan.withdraw', 'indicator.define'],
  },
] as const satisfies readonly { says: MessageKey; actions: readonly string[] }[];

type Action = (typeof actionGroups)[number]['actions'][number];

const known: ReadonlySet<string> = new Set(actionGroups.flatMap(({ actions }): readonly string[] => actions));

function isKnown(action: string): action is Action {
  return known.has(action);
}

/** What was done, in words; as it is recorded where the console has no words for it. */
export function actionName(action: string, t: Translate): string {
  return isKnown(action) ? t(`action.${action}`) : action;
}
