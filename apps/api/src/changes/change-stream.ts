import { Injectable, type MessageEvent } from '@nestjs/common';
import { NEVER, type Observable } from 'rxjs';

@Injectable()
export class ChangeStream {
  watch(_portalId: string, _lastEventId: string | undefined): Observable<MessageEvent> {
    return NEVER;
  }
}
