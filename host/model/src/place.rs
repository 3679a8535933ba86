//! Where in an artifact something is: a region of a picture, a span of text, or a step.
//!
//! Regions are measured in fractions of the picture, so they hold at any size. Turning them into
//! pixels is left to those who have pixels.

/// A rectangle in a picture. Origin at the top left, x to the right, y down, all four numbers in
/// fractions of the picture's width and height.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Region {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

impl Region {
    /// The whole picture.
    pub const WHOLE: Self = Self { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };

    /// Clips a rectangle to the picture. `None` if a number is not finite or nothing is left.
    pub fn new(x: f32, y: f32, width: f32, height: f32) -> Option<Self> {
        if ![x, y, width, height].iter().all(|number| number.is_finite()) {
            return None;
        }
        let (left, top) = (x.clamp(0.0, 1.0), y.clamp(0.0, 1.0));
        let (right, bottom) = ((x + width).clamp(0.0, 1.0), (y + height).clamp(0.0, 1.0));
        (right > left && bottom > top).then_some(Self {
            x: left,
            y: top,
            width: right - left,
            height: bottom - top,
        })
    }

    /// The rectangle with exactly these numbers, as they were written down earlier ([`Self::new`]
    /// may round when it clips). `None` unless it is a rectangle within the picture.
    pub fn exact(x: f32, y: f32, width: f32, height: f32) -> Option<Self> {
        let within = |start: f32, size: f32| start >= 0.0 && size > 0.0 && start + size <= 1.0;
        (within(x, width) && within(y, height)).then_some(Self { x, y, width, height })
    }

    /// The rectangle that somebody wrote down as left, top, width and height: as it is, or clipped to
    /// the picture.
    pub fn read([x, y, width, height]: [f32; 4]) -> Option<Self> {
        Self::exact(x, y, width, height).or_else(|| Self::new(x, y, width, height))
    }

    /// The rectangle of the given size around a center, clipped to the picture.
    pub fn around(center: (f32, f32), width: f32, height: f32) -> Option<Self> {
        Self::new(center.0 - width / 2.0, center.1 - height / 2.0, width, height)
    }

    /// Left edge.
    pub const fn x(&self) -> f32 {
        self.x
    }

    /// Top edge.
    pub const fn y(&self) -> f32 {
        self.y
    }

    /// Width.
    pub const fn width(&self) -> f32 {
        self.width
    }

    /// Height.
    pub const fn height(&self) -> f32 {
        self.height
    }

    /// Right edge.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// Center, as (x, y).
    pub fn center(&self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Area, as a fraction of the picture's.
    pub fn area(&self) -> f32 {
        self.width * self.height
    }

    /// Area shared with `other`.
    pub fn overlap(&self, other: &Self) -> f32 {
        let width = self.right().min(other.right()) - self.x.max(other.x);
        let height = self.bottom().min(other.bottom()) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }

    /// Intersection over union, 0 to 1.
    pub fn iou(&self, other: &Self) -> f32 {
        let shared = self.overlap(other);
        let union = self.area() + other.area() - shared;
        if union > 0.0 { shared / union } else { 0.0 }
    }

    /// True if the point lies inside or on the edge.
    pub fn contains(&self, point: (f32, f32)) -> bool {
        (self.x..=self.right()).contains(&point.0) && (self.y..=self.bottom()).contains(&point.1)
    }

    /// The rectangle grown by `margin` on every side, clipped to the picture.
    #[must_use]
    pub fn grown(&self, margin: f32) -> Self {
        let grown = Self::new(
            self.x - margin,
            self.y - margin,
            self.width + 2.0 * margin,
            self.height + 2.0 * margin,
        );
        grown.unwrap_or(*self)
    }
}

/// Where a finding is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// Part of a picture.
    Region(Region),
    /// Bytes `start..end` of a UTF-8 text; both lie on character borders.
    TextSpan {
        /// First byte.
        start: u32,
        /// One past the last byte.
        end: u32,
    },
    /// One step of a reasoning chain or plan, counted from 0.
    Step(u32),
}

#[cfg(test)]
mod tests;
