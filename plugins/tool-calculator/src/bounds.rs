//! Every bound of the calculator, named, with its reason, and the budget of one answer.
//!
//! What runs into a bound is refused with a sentence; where it stands is added by `evaluate`.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::problem::Refusal;

/// Characters of an expression: two pages of text. A longer one is a table, not a sum.
pub const EXPRESSION_CHARACTERS: usize = 4_000;

/// How deep parentheses, signs, powers and calls may nest. The sandbox gives 2 MiB of stack; a
/// level takes less than 2 KiB.
pub const DEPTH: usize = 64;

/// Bits of a numerator or denominator: 10 000 decimal digits, so that an exact answer stays below
/// half of the 64 KiB the host takes from a tool.
pub const NUMBER_BITS: u64 = 33_220;

/// What [`NUMBER_BITS`] are in decimal digits, for messages.
pub const NUMBER_DIGITS: u64 = 10_000;

/// The largest exponent of a literal such as `1e10000`, either sign: [`NUMBER_DIGITS`].
pub const LITERAL_EXPONENT: u32 = 10_000;

/// Digits after the point that a decimal has if the caller does not say.
pub const USUAL_DIGITS: u32 = 20;

/// Digits after the point that a caller may ask for.
pub const MOST_DIGITS: u32 = 1_000;

/// Precision, in bits, at which roots are no longer told apart: 4 900 digits, well over
/// [`MOST_DIGITS`] and a product of numbers of that size.
pub const MOST_PRECISION: u64 = 16_384;

/// Steps one answer may take. A step is one operation on a machine word, a nanosecond or less: the
/// worst expressions known take one to two seconds, where a call may last five.
const STEPS: u64 = 1_500_000_000;

/// Bits that one step deals with: the word of a 32-bit target.
const WORD_BITS: u64 = 32;

/// Steps an operation takes for every word it reads and writes, beside the products of words.
const WORD_STEPS: u64 = 8;

/// Steps the shortest operation takes: making room for its result.
const LEAST_STEPS: u64 = 200;

/// How much work is left, and to how many bits inexact numbers are kept.
#[derive(Debug)]
pub struct Budget {
    /// Bits kept of both ends of an inexact number.
    pub precision: u64,
    left: u64,
}

impl Budget {
    /// All of the work one answer may take.
    pub fn new() -> Self {
        Self { precision: 0, left: STEPS }
    }

    /// Takes the steps of multiplying or dividing two whole numbers of this many bits.
    pub fn product(&mut self, bits: u64, other_bits: u64) -> Result<(), Refusal> {
        let (words, others) = (words(bits), words(other_bits));
        let passes = words.saturating_add(others).saturating_mul(WORD_STEPS);
        self.take(words.saturating_mul(others).saturating_add(passes))
    }

    /// Takes the steps of bringing a fraction of this many bits, above and below together, to its
    /// lowest terms.
    pub fn lowest_terms(&mut self, bits: u64) -> Result<(), Refusal> {
        self.take(bits.saturating_mul(words(bits)))
    }

    fn take(&mut self, steps: u64) -> Result<(), Refusal> {
        match self.left.checked_sub(steps.saturating_add(LEAST_STEPS)) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Refusal::because("the numbers up to here take too long to work out")),
        }
    }
}

fn words(bits: u64) -> u64 {
    bits / WORD_BITS + 1
}

/// Refuses whole numbers that are too long.
pub fn whole_fits(value: BigInt) -> Result<BigInt, Refusal> {
    if value.bits() <= NUMBER_BITS { Ok(value) } else { Err(too_long()) }
}

/// Refuses fractions that are too long above or below.
pub fn fits(value: BigRational) -> Result<BigRational, Refusal> {
    let bits = value.numer().bits().max(value.denom().bits());
    if bits <= NUMBER_BITS { Ok(value) } else { Err(too_long()) }
}

/// The refusal of a number that is too long.
pub fn too_long() -> Refusal {
    Refusal::because(format!("the result has more than {NUMBER_DIGITS} digits"))
}
