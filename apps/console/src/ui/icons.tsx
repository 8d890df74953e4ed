const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** The product's mark. */
export function Logo() {
  return (
    <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" fill="#0f6b62" />
      <g fill="#fff">
        <rect x="6" y="8" width="20" height="4" rx="1.5" />
        <rect x="9" y="14" width="14" height="4" rx="1.5" opacity=".85" />
        <rect x="12" y="20" width="8" height="4" rx="1.5" opacity=".7" />
      </g>
    </svg>
  );
}

export function ChevronIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden {...stroke}>
      <path d="M3 4.5 6 7.5 9 4.5" />
    </svg>
  );
}

export function CheckIcon() {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden {...stroke}>
      <path d="m3 7.5 2.5 2.5L11 4.5" />
    </svg>
  );
}

export function HelpIcon() {
  return (
    <svg width="17" height="17" viewBox="0 0 17 17" aria-hidden {...stroke}>
      <circle cx="8.5" cy="8.5" r="6.75" />
      <path d="M6.6 6.8a1.95 1.95 0 1 1 2.8 1.75c-.6.3-.9.65-.9 1.25M8.5 12v.05" />
    </svg>
  );
}

export function MoonIcon() {
  return (
    <svg width="17" height="17" viewBox="0 0 17 17" aria-hidden {...stroke}>
      <circle cx="8.5" cy="8.5" r="6.25" />
      <path d="M8.5 2.25a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" stroke="none" />
    </svg>
  );
}

export function ArrowLeftIcon() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden {...stroke}>
      <path d="M9.5 3.5 5 8l4.5 4.5" />
    </svg>
  );
}

export function ExternalIcon() {
  return (
    <svg width="13" height="13" viewBox="0 0 14 14" aria-hidden {...stroke}>
      <path d="M6 3H3.5A1.5 1.5 0 0 0 2 4.5v6A1.5 1.5 0 0 0 3.5 12h6A1.5 1.5 0 0 0 11 10.5V8M8.5 2H12v3.5M12 2 6.5 7.5" />
    </svg>
  );
}

export function LockIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 14 14" aria-hidden {...stroke}>
      <rect x="3" y="6" width="8" height="6" rx="1.5" />
      <path d="M4.75 6V4.5a2.25 2.25 0 0 1 4.5 0V6" />
    </svg>
  );
}

export function ClockIcon() {
  return (
    <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden {...stroke}>
      <path d="M2.6 8a5.6 5.6 0 1 0 1.7-4M2.4 2.6v2.6H5M8 5v3.2l2.1 1.3" />
    </svg>
  );
}

export function DotsIcon() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden fill="currentColor">
      <circle cx="3" cy="8" r="1.4" />
      <circle cx="8" cy="8" r="1.4" />
      <circle cx="13" cy="8" r="1.4" />
    </svg>
  );
}
