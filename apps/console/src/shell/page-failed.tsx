import { useRouter } from '@tanstack/react-router';
import { ErrorState } from '../ui/states.js';

/** A page that could not be shown at all, for example because its code could not be loaded. */
export function PageFailed({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  return (
    <ErrorState
      error={error}
      retry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
