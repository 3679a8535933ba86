//! When two JSON values are the same, and when a number is a multiple of another.

use serde_json::Value;

/// A text that is the same for equal values: keys in order, `1.0` as `1`.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(map) => {
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            entries.sort_by_key(|(name, _)| *name);
            let said = |(name, value): &(&String, &Value)| {
                format!("{}:{}", Value::from(name.as_str()), canonical(value))
            };
            format!("{{{}}}", entries.iter().map(said).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// Whether `number` is a whole multiple of `step`, both taken as the decimals they are written as:
/// 0.0075 is one of 0.0001.
pub fn is_multiple(number: f64, step: f64) -> bool {
    if let (Some(number), Some(step)) = (decimal(number), decimal(step))
        && let Some((number, step)) = same_scale(number, step)
        && step != 0
    {
        return number % step == 0;
    }
    (number / step).fract() == 0.0
}

/// The digits of a number and the power of ten they are to be multiplied with.
fn decimal(number: f64) -> Option<(i128, i32)> {
    let text = format!("{number:e}");
    let (digits, power) = text.split_once('e')?;
    let power: i32 = power.parse().ok()?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let places = i32::try_from(fraction.len()).ok()?;
    Some((format!("{whole}{fraction}").parse().ok()?, power - places))
}

/// Both as multiples of the same power of ten, if they fit.
fn same_scale(one: (i128, i32), other: (i128, i32)) -> Option<(i128, i128)> {
    let power = one.1.min(other.1);
    let scaled = |(digits, own): (i128, i32)| {
        let factor = 10_i128.checked_pow(u32::try_from(own - power).ok()?)?;
        digits.checked_mul(factor)
    };
    Some((scaled(one)?, scaled(other)?))
}
