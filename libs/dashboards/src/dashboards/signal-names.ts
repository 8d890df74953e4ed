import type { Signal } from '@funnelwatch/reporting-contracts';
import { say } from '../authoring/language.js';

/** What each signal is called. */
export const signalNames = (): Record<Signal, string> => ({
  capture_lag: say('not read for', 'не читался'),
  capture_silent: say('capture silent for', 'нет вестей от сбора данных'),
  connection_broken: say('connection broken', 'связь порвана'),
  certificate_age: say('not certified for', 'полнота не подтверждена'),
  unexplained: say('records unexplained', 'необъяснённых записей'),
  visibility_lost: say('kinds that vanished', 'исчезнувших видов записей'),
  rules_frozen: say('rules not judged', 'правила не проверяются'),
  cases_overdue: say('cases overdue', 'случаев просрочено'),
  cases_near_due: say('cases near their deadline', 'случаев скоро просрочатся'),
  plan_pace: say('plan needs times the pace', 'плану нужен темп, раз'),
  figures_age: say('figures not written for', 'цифры не обновлялись'),
  outbox_overdue: say('messages waiting for', 'сообщения ждут'),
  read_model_lag: say('read model behind by', 'витрина отстаёт на'),
  read_model_stopped: say('read model stopped', 'витрина остановилась'),
  quarantine_age: say('in quarantine for', 'в карантине'),
});
