import { createTheme } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#e6f3f1',
  '#cfe4e0',
  '#a5cec8',
  '#7ab8af',
  '#5cbfb1',
  '#3b9a8d',
  '#2a8277',
  '#0f6b62',
  '#0a544d',
  '#063d38',
];

const dark: MantineColorsTuple = [
  '#e7eaea',
  '#a8b0b3',
  '#929b9e',
  '#5d6567',
  '#3c4244',
  '#2b3031',
  '#191c1d',
  '#161819',
  '#121415',
  '#0c0e0e',
];

/** The console's look in Mantine's terms; colours that carry meaning are CSS variables in theme.css. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, dark },
  fontFamily: 'var(--fw-font)',
  fontFamilyMonospace: 'var(--fw-mono)',
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '10px', xl: '14px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.28, blur: 0 } } },
    Modal: {
      defaultProps: { overlayProps: { backgroundOpacity: 0.28, blur: 0 } },
      styles: { title: { lineHeight: 1.3, fontWeight: 600, overflowWrap: 'anywhere' } },
    },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true } },
  },
});
