//! The icons: 16 by 16 strokes in the text's colour, always beside a word or with a label on the control around them.

use crate::domain::state::Health;
use leptos::prelude::*;

/// An icon of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Check,
    Cross,
    Alert,
    Question,
    Moon,
    Sun,
    Auto,
    Busy,
    Dot,
    Search,
    Refresh,
    Copy,
    Star,
    StarFilled,
    Folder,
    Stack,
    Sliders,
    Plug,
    ArrowUp,
    Shield,
    Close,
    Language,
    Eye,
    Info,
    Keyboard,
    Back,
    Chevron,
    Terminal,
    Follow,
    Pause,
    Play,
    Wrap,
    Clock,
    More,
    Expand,
    Shrink,
    Filter,
    Up,
    Down,
    Plus,
    Download,
    Upload,
    Trash,
    Undo,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M3.5 8.5l3 3 6-7",
            Self::Cross => "M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9zM6 6l4 4M10 6l-4 4",
            Self::Alert => "M8 2L1.8 13h12.4zM8 6.3v3.2M8 11.4v.2",
            Self::Question => {
                "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM6.2 6.3c.2-2.3 3.6-2.2 3.6 0 0 1.4-1.8 1.4-1.8 2.8M8 11.3v.2"
            }
            Self::Moon => "M13.3 9.6A5.8 5.8 0 1 1 6.4 2.7a4.6 4.6 0 0 0 6.9 6.9z",
            Self::Sun => {
                "M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9"
            }
            Self::Auto => {
                "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 2.2v11.6M8 5l3.8-.9M8 8h5.6M8 11l3.8.9"
            }
            Self::Busy => {
                "M13.5 8A5.5 5.5 0 0 0 3.6 4.7M2.5 8a5.5 5.5 0 0 0 9.9 3.3M3.4 1.9v2.9h2.9M12.6 14.1v-2.9H9.7"
            }
            Self::Dot => "M8 2.5a5.5 5.5 0 1 1 0 11A5.5 5.5 0 0 1 8 2.5zM6.3 6v4M9.7 6v4",
            Self::Search => "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4l3.4 3.4",
            Self::Refresh => "M13.3 7A5.5 5.5 0 1 0 12 11.9M13.5 3v4h-4",
            Self::Copy => "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
            Self::Star | Self::StarFilled => {
                "M8 1.9l1.8 3.9 4.3.5-3.2 2.9.9 4.2L8 11.3l-3.8 2.1.9-4.2-3.2-2.9 4.3-.5z"
            }
            Self::Folder => "M1.8 4v8.5h12.4V5.3H7.8L6.4 3.5H1.8z",
            Self::Stack => "M8 1.9l6 3.1-6 3.1L2 5zM2 8.1l6 3.1 6-3.1M2 11l6 3.1 6-3.1",
            Self::Sliders => {
                "M2 4.5h6.5M12.5 4.5H14M2 11.5h1.5M7.5 11.5H14M10.5 2.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4zM5.5 9.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4z"
            }
            Self::Plug => "M5.5 1.8v3.4M10.5 1.8v3.4M3.5 5.2h9v2.3a4.5 4.5 0 0 1-9 0zM8 12v2.4",
            Self::ArrowUp => "M8 12.5v-9M4.5 7L8 3.5 11.5 7",
            Self::Shield => "M8 1.8l5 1.9v4c0 3-2.1 5.4-5 6.5-2.9-1.1-5-3.5-5-6.5v-4z",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Language => {
                "M1.8 3.5h7.4M5.5 2v1.5M8 3.5C7.4 6.3 5.3 8.3 2.2 9.3M3.3 5.5c.9 1.7 2.6 3.1 4.4 3.8M7.5 14l3.3-7.5L14.2 14M8.6 11.5h4.5"
            }
            Self::Eye => {
                "M1.5 8C3 5.2 5.3 3.7 8 3.7s5 1.5 6.5 4.3C13 10.8 10.7 12.3 8 12.3S3 10.8 1.5 8zM8 6.1a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8z"
            }
            Self::Info => "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7.2v4M8 4.8V5",
            Self::Keyboard => "M1.5 4h13v8.5h-13zM4 6.8h.1M6.7 6.8h.1M9.3 6.8h.1M12 6.8h.1M4.5 9.8h7",
            Self::Trash => {
                "M2.8 4.5h10.4M6.3 4.5V2.8h3.4v1.7M4.2 4.500l.6 8.700h6.400l.6-8.700M6.8 7v3.800M9.2 7v3.800"
            }
            Self::Undo => "M5.5 3L2.5 6l3 3M2.8 6h6.700a3.600 3.600 0 0 1 0 7.200H6",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Download => "M8 2.5v7.6M4.8 7L8 10.2 11.2 7M3 13.4h10",
            Self::Upload => "M8 10.4V2.8M4.8 6L8 2.8 11.2 6M3 13.4h10",
            Self::Chevron => "M6.2 4l4 4-4 4",
            Self::Terminal => "M1.8 2.8h12.400v10.400H1.8zM4.3 6l2.2 2-2.2 2M8.3 10.300h3",
            Self::Follow => "M8 2.500v8M4.5 7.200L8 10.700l3.5-3.500M3 13.500h10",
            Self::Pause => "M5.5 3.500v9M10.5 3.500v9",
            Self::Play => "M5 3.200l7.5 4.800L5 12.800z",
            Self::Wrap => {
                "M2 3.500h12M2 8h9.500a2.2 2.2 0 0 1 0 4.500H8.500M10.2 10.700l-1.8 1.8 1.8 1.800M2 12.500h3.5"
            }
            Self::Clock => "M8 2.200a5.8 5.8 0 1 1 0 11.600A5.8 5.8 0 0 1 8 2.200zM8 4.800V8l2.2 1.5",
            Self::More => "M3.5 8h.1M8 8h.1M12.5 8h.1",
            Self::Expand => "M9.5 2.500h4v4M6.5 13.500h-4v-4M13.5 2.500L9.3 6.700M2.5 13.500l4.2-4.2",
            Self::Shrink => "M13.5 6.700h-4v-4M2.5 9.300h4v4M9.5 6.700L13.7 2.500M6.5 9.300l-4.2 4.2",
            Self::Filter => "M2 3.500h12L9.5 8.700v4.300l-3-1.500V8.700z",
            Self::Up => "M3.8 10L8 5.800l4.2 4.2",
            Self::Down => "M3.8 6L8 10.2 12.2 6",
            Self::Back => "M13 8H3.5M7.5 3.8L3.3 8l4.2 4.2",
        }
    }

    /// The icon of a health.
    pub(crate) const fn of_health(health: Health) -> Self {
        match health {
            Health::Ok => Self::Check,
            Health::Busy => Self::Busy,
            Health::Degraded => Self::Alert,
            Health::Failed => Self::Cross,
            Health::Idle => Self::Dot,
            Health::Unknown => Self::Question,
        }
    }
}

/// Draws an icon; hidden from screen readers, which read the word beside it.
#[component]
pub(crate) fn IconView(
    /// Which one.
    icon: Icon,
) -> impl IntoView {
    let fill = if icon == Icon::StarFilled { "currentColor" } else { "none" };
    view! {
        <svg
            aria-hidden="true"
            width="16"
            height="16"
            viewBox="0 0 16 16"
            fill=fill
            stroke="currentColor"
            stroke-width="1.5"
            stroke-linecap="round"
            stroke-linejoin="round"
        >
            <path d=icon.path()></path>
        </svg>
    }
}
