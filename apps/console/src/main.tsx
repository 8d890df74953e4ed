import '@mantine/core/styles.css';
import './ui/theme.css';
import { MantineProvider } from '@mantine/core';
import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.js';
import { SpeechProvider } from './i18n/i18n.js';
import { router } from './router.js';
import { watchSession } from './session/watch-session.js';
import { recall, remember } from './shell/browser-memory.js';
import { theme } from './ui/theme.js';

function isScheme(value: string | null): value is MantineColorScheme {
  return value === 'light' || value === 'dark' || value === 'auto';
}

/** The same place that public/theme.js reads before the first paint. */
const schemeMemory: MantineColorSchemeManager = {
  get: (fallback) => {
    const stored = recall('theme');
    return isScheme(stored) ? stored : fallback;
  },
  set: (value) => remember('theme', value),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

watchSession(queryClient);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <SpeechProvider>
      <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemeMemory}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </SpeechProvider>
  </StrictMode>,
);
