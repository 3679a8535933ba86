//! The eye: finds objects from pixels alone.
