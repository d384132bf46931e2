//! From a link to a page, safely.

pub mod charset;
