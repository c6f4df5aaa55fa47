//! What SGR sequences ask for, as plain data. Colours are resolved to a palette by the viewer, not here.

use std::ops::Range;

/// A foreground or background colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Color {
    /// The theme's own.
    #[default]
    Default,
    /// 0-7 normal, 8-15 bright, 16-231 the 6x6x6 cube, 232-255 greys.
    Indexed(u8),
    /// True colour: red, green, blue.
    Rgb(u8, u8, u8),
}

/// The look of a span of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Style {
    /// Text colour.
    pub fg: Color,
    /// Background colour.
    pub bg: Color,
    /// SGR 1.
    pub bold: bool,
    /// SGR 2.
    pub dim: bool,
    /// SGR 3.
    pub italic: bool,
    /// SGR 4, in any of its shapes.
    pub underline: bool,
    /// SGR 7: the viewer swaps the two colours.
    pub inverse: bool,
    /// SGR 9.
    pub strike: bool,
}

impl Style {
    /// Whether this is plain text.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Applies the parameters of one SGR sequence; each item is one parameter with its `:` parts.
    ///
    /// Unknown parameters change nothing, and SGR 8 (hidden) is one of them: a log must not hide its text.
    pub fn apply<'p>(&mut self, params: impl Iterator<Item = &'p [u16]>) {
        let mut params = params;
        while let Some(param) = params.next() {
            let Some((code, parts)) = param.split_first() else { continue };
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                3 => self.italic = true,
                4 => self.underline = parts.first() != Some(&0),
                7 => self.inverse = true,
                9 => self.strike = true,
                21 => self.underline = true,
                22 => (self.bold, self.dim) = (false, false),
                23 => self.italic = false,
                24 => self.underline = false,
                27 => self.inverse = false,
                29 => self.strike = false,
                38 => self.fg = extended(parts, &mut params).unwrap_or(self.fg),
                39 => self.fg = Color::Default,
                48 => self.bg = extended(parts, &mut params).unwrap_or(self.bg),
                49 => self.bg = Color::Default,
                30..=37 => self.fg = indexed(code - 30),
                40..=47 => self.bg = indexed(code - 40),
                90..=97 => self.fg = indexed(code - 82),
                100..=107 => self.bg = indexed(code - 92),
                _ => {}
            }
        }
    }
}

fn indexed(code: u16) -> Color {
    Color::Indexed(u8::try_from(code).unwrap_or_default())
}

/// `38;5;n`, `38;2;r;g;b`, and the `:` forms `38:5:n`, `38:2:r:g:b`, `38:2::r:g:b`.
fn extended<'p>(parts: &[u16], params: &mut impl Iterator<Item = &'p [u16]>) -> Option<Color> {
    let byte = |value: &u16| u8::try_from(*value).ok();
    let mut next = || params.next().and_then(|param| param.first().copied());
    match parts {
        [5, index, ..] => byte(index).map(Color::Indexed),
        [2, red, green, blue] | [2, _, red, green, blue, ..] => {
            Some(Color::Rgb(byte(red)?, byte(green)?, byte(blue)?))
        }
        [] => match next()? {
            5 => byte(&next()?).map(Color::Indexed),
            2 => {
                let (red, green, blue) = (next()?, next()?, next()?);
                Some(Color::Rgb(byte(&red)?, byte(&green)?, byte(&blue)?))
            }
            _ => None,
        },
        _ => None,
    }
}

/// A styled range of a line's visible text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The bytes of the visible text this style covers.
    pub range: Range<usize>,
    /// How they look.
    pub style: Style,
}
