import { type Checklist, type ChecklistItem, usualPassMark } from './checklist.js';

type Bilingual = [ru: string, en: string];
const words = ([ru, en]: Bilingual) => ({ ru, en });

function item(
  itemId: string,
  weight: number,
  title: Bilingual,
  anchors: Bilingual[],
  isAutoFail = false,
): ChecklistItem {
  return { itemId, title: words(title), anchors: anchors.map(words), weight, isAutoFail };
}

/** Checklists of a portal that has set none of its own. */
export const baseChecklists: readonly Checklist[] = [
  {
    checklistId: 'call',
    version: 1,
    kind: 'call',
    title: { ru: 'Разговор с клиентом', en: 'Call with a client' },
    passMark: usualPassMark,
    items: [
      item(
        'opening',
        1,
        ['Начало разговора', 'Opening'],
        [
          ['Не представился или не назвал компанию', 'Gave no name or no company'],
          ['Представился, цель разговора не назвал', 'Gave name and company, not the purpose'],
          ['Представился и назвал цель разговора', 'Gave name, company and purpose'],
        ],
      ),
      item(
        'need',
        3,
        ['Выяснение потребности', 'Finding the need'],
        [
          ['Не задал ни одного вопроса о потребности', 'Asked nothing about the need'],
          ['Спросил, что нужно, но не зачем и к какому сроку', 'Asked what is needed, not why or by when'],
          ['Выяснил, что нужно, зачем, к какому сроку и кто решает', 'Found what, why, by when and who decides'],
        ],
      ),
      item(
        'answer',
        2,
        ['Ответ по делу', 'Answer to the point'],
        [
          ['Ответил неверно или ушёл от ответа', 'Answered wrongly or evaded'],
          ['Ответил верно, без связи с потребностью', 'Answered correctly, unrelated to the need'],
          ['Ответил верно и связал ответ с потребностью', 'Answered correctly and tied it to the need'],
        ],
      ),
      item(
        'next-step',
        3,
        ['Следующий шаг', 'Next step'],
        [
          ['Разговор закончен без договорённости', 'Ended without an agreement'],
          ['Договорились о шаге без срока', 'Agreed on a step without a date'],
          ['Договорились о шаге со сроком, и он есть в CRM', 'Agreed on a dated step that stands in the CRM'],
        ],
      ),
      item(
        'respect',
        1,
        ['Уважение к клиенту', 'Respect'],
        [
          ['Грубость, давление или обещание, которого компания не даёт', 'Rudeness, pressure or an untrue promise'],
          ['Вежливо и честно', 'Polite and honest'],
        ],
        true,
      ),
    ],
  },
  {
    checklistId: 'meeting',
    version: 1,
    kind: 'meeting',
    title: { ru: 'Встреча', en: 'Meeting' },
    passMark: usualPassMark,
    items: [
      item(
        'preparation',
        2,
        ['Подготовка', 'Preparation'],
        [
          ['Цель встречи не записана', 'No purpose on record'],
          ['Цель записана, сведений о клиенте нет', 'Purpose on record, nothing about the client'],
          ['Записаны цель и сведения о клиенте', 'Purpose and knowledge of the client on record'],
        ],
      ),
      item(
        'people',
        1,
        ['Участники', 'Participants'],
        [
          ['Неизвестно, кто был на встрече', 'Nobody knows who was there'],
          ['Записаны участники без роли в решении', 'Participants without their part in the decision'],
          ['Записаны участники и кто из них решает', 'Participants, and who of them decides'],
        ],
      ),
      item(
        'result',
        3,
        ['Итог встречи', 'Result'],
        [
          ['Итога нет или он не отличается от плана', 'No result, or the plan repeated'],
          ['Итог записан без слов клиента', 'Result without what the client said'],
          ['Записано, что сказал и решил клиент', 'What the client said and decided is on record'],
        ],
        true,
      ),
      item(
        'next-step',
        3,
        ['Следующий шаг', 'Next step'],
        [
          ['Следующего шага нет', 'No next step'],
          ['Следующий шаг без срока', 'A step without a date'],
          ['Следующий шаг со сроком и ответственным', 'A step with a date and a responsible person'],
        ],
      ),
    ],
  },
  {
    checklistId: 'deal',
    version: 1,
    kind: 'deal',
    title: { ru: 'Закрытая сделка', en: 'Closed deal' },
    passMark: usualPassMark,
    items: [
      item(
        'reason',
        3,
        ['Причина исхода', 'Reason of the outcome'],
        [
          ['Причины нет или она противоречит переписке', 'No reason, or one the record contradicts'],
          ['Причина общая: «дорого», «не актуально»', 'A general reason: too expensive, not relevant'],
          ['Причина со слов клиента, понятно, что сделать иначе', 'The client’s own reason, which can be acted on'],
        ],
        true,
      ),
      item(
        'course',
        2,
        ['Ход сделки', 'Course'],
        [
          ['Стадии пройдены задним числом', 'Stages passed after the fact'],
          ['Стадии вовремя, без подтверждений', 'Stages in time, without evidence'],
          ['Каждая стадия подтверждена делом или документом', 'Each stage borne out by an activity or document'],
        ],
      ),
      item(
        'sum',
        2,
        ['Сумма и товары', 'Sum and products'],
        [
          ['Сумма не совпадает с предложением', 'Sum differs from the offer'],
          ['Сумма совпадает, товары не указаны', 'Sum agrees, no products'],
          ['Сумма и товары совпадают с предложением', 'Sum and products agree with the offer'],
        ],
      ),
      item(
        'contacts',
        1,
        ['Контакты', 'Contacts'],
        [
          ['С клиентом нельзя связаться', 'The client cannot be reached'],
          ['Есть контакт, роль неизвестна', 'A contact without a role'],
          ['Есть контакт того, кто решал', 'A contact of whoever decided'],
        ],
      ),
    ],
  },
];
